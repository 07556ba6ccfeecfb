"""What the events stack would have made, in the emulated AWS: bucket, rule, queue and dead-letter queue."""

from __future__ import annotations

import json
from typing import Any

import boto3
from airflow_settings import REGION
from arrival_events import message
from emulated_aws import OF_TESTS
from emulated_platform import EmulatedPlatform
from facts_fixture import DATA_BUCKET

#: How often a message is received until it is set aside.
RECEIVES = 3


class ArrivalQueue:
    """The queue of one environment, whose address the facts say."""

    def __init__(self, platform: EmulatedPlatform, endpoint: str, quiet_minutes: int = 0) -> None:
        session = boto3.Session(OF_TESTS, OF_TESTS, region_name=REGION)
        self.sqs = session.client("sqs", endpoint_url=endpoint)
        self._events = session.client("events", endpoint_url=endpoint)
        self._s3 = platform.s3
        self.dead_url = self.sqs.create_queue(QueueName="arrivals-dead")["QueueUrl"]
        self.dead_arn = self._arn(self.dead_url)
        redrive = {"deadLetterTargetArn": self.dead_arn, "maxReceiveCount": RECEIVES}
        attributes = {"RedrivePolicy": json.dumps(redrive), "VisibilityTimeout": "0"}
        self.url = self.sqs.create_queue(QueueName="arrivals", Attributes=attributes)["QueueUrl"]
        queue = {"url": self.url, "arn": self._arn(self.url), "dead_letter_arn": self.dead_arn}
        platform.store_variable("events", {"quiet_minutes": quiet_minutes, "queue": queue})

    def _arn(self, url: str) -> str:
        answer = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        arn: str = answer["Attributes"]["QueueArn"]
        return arn

    def hear_of_the_bucket(self) -> None:
        """Let S3 say what arrives, and a rule put it into the queue."""
        versioned = {"Status": "Enabled"}
        self._s3.put_bucket_versioning(Bucket=DATA_BUCKET, VersioningConfiguration=versioned)
        self._s3.put_bucket_notification_configuration(
            Bucket=DATA_BUCKET, NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
        pattern = {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            # The emulator wants all filters of a list to match, EventBridge one: 26 prefixes are one here.
            "detail": {"object": {"key": [{"prefix": "raw/"}], "size": [{"numeric": [">", 0]}]}},
        }
        self._events.put_rule(Name="arrivals", EventPattern=json.dumps(pattern))
        self._events.put_targets(Rule="arrivals", Targets=[{"Id": "queue", "Arn": self._arn(self.url)}])

    def say(self, *keys: str, version: str = "v1") -> None:
        """Put messages about objects into the queue."""
        for key in keys:
            self.send(message(key, version))

    def send(self, body: str) -> None:
        """Put one message into the queue."""
        self.sqs.send_message(QueueUrl=self.url, MessageBody=body)

    def waiting(self) -> int:
        """Count the messages of the queue."""
        return self._count(self.url)

    def dead(self) -> int:
        """Count the messages that were set aside."""
        return self._count(self.dead_url)

    def redrive(self) -> None:
        """Put what was set aside back, one by one: the emulator has no `StartMessageMoveTask`."""
        while messages := self._dead_letters():
            for one in messages:
                self.sqs.send_message(QueueUrl=self.url, MessageBody=one["Body"])
                self.sqs.delete_message(QueueUrl=self.dead_url, ReceiptHandle=one["ReceiptHandle"])

    def _dead_letters(self) -> list[Any]:
        messages: list[Any] = self.sqs.receive_message(QueueUrl=self.dead_url).get("Messages", [])
        return messages

    def _count(self, url: str) -> int:
        answer = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])
