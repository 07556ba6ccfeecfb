/**
 * Events as AWS's guides show them, with what the platform's patterns match. Fields of free text have quotation marks and
 * line breaks, as `stateChangeReason` has in the guide.
 * Sources: Amazon EMR Management Guide, "Monitor CloudWatch events"; Amazon EMR Serverless User Guide, "Automating EMR
 * Serverless with Amazon EventBridge".
 */
export const sampleEvents: Readonly<Record<string, object>> = {
  "EMR Cluster State Change": {
    version: "0",
    id: "1234abb0-f87e-1234-b7b6-000000123456",
    "detail-type": "EMR Cluster State Change",
    source: "aws.emr",
    account: "123456789012",
    time: "2016-12-16T21:00:23Z",
    region: "us-east-1",
    resources: [],
    detail: {
      severity: "CRITICAL",
      stateChangeReason: '{"code":"INTERNAL_ERROR","message":"Failed to start\nthe job flow \\"x\\""}',
      name: "big-data-dev-scheduled__2025-03-08",
      clusterId: "j-123456789ABCD",
      state: "TERMINATED_WITH_ERRORS",
      message:
        "Amazon EMR Cluster j-123456789ABCD (big-data-dev-scheduled__2025-03-08) has terminated with errors at 2016-12-16 21:00 UTC with a reason of INTERNAL_ERROR.",
    },
  },
  "EMR Step Status Change": {
    version: "0",
    id: "1234abb0-f87e-1234-b7b6-000000123456",
    "detail-type": "EMR Step Status Change",
    source: "aws.emr",
    account: "123456789012",
    time: "2016-12-16T20:53:09Z",
    region: "us-east-1",
    resources: [],
    detail: {
      severity: "ERROR",
      actionOnFailure: "CANCEL_AND_WAIT",
      stepId: "s-ZYXWVUTSRQPON",
      name: "big-data-dev/ingest",
      clusterId: "j-123456789ABCD",
      state: "FAILED",
      message:
        "Step s-ZYXWVUTSRQPON (big-data-dev/ingest) in Amazon EMR cluster j-123456789ABCD (big-data-dev-x) failed at 2016-12-16 20:53 UTC.",
    },
  },
  "EMR Serverless Job Run State Change": {
    version: "0",
    id: "00df3ec6-5da1-36e6-ab71-20f0de68f8a0",
    "detail-type": "EMR Serverless Job Run State Change",
    source: "aws.emr-serverless",
    account: "123456789012",
    time: "2022-05-31T21:07:42Z",
    region: "us-east-1",
    resources: [],
    detail: {
      jobRunId: "00f1cbn5g4bb0c01",
      applicationId: "00f1982r1uukb925",
      arn: "arn:aws:emr-serverless:us-east-1:123456789012:/applications/00f1982r1uukb925/jobruns/00f1cbn5g4bb0c01",
      releaseLabel: "emr-6.6.0",
      state: "FAILED",
      previousState: "SCHEDULED",
      createdBy: "arn:aws:sts::123456789012:assumed-role/TestRole/abcd",
      updatedAt: "2022-05-31T21:07:42.299487Z",
      createdAt: "2022-05-31T21:07:25.325900Z",
    },
  },
};
