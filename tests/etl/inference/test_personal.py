"""Columns are taken for personal data by their names and by their values, and no value is written down."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import phonenumbers
import pytest
from pyspark.sql import SparkSession
from stdnum import luhn, verhoeff
from stdnum.iso7064 import mod_97_10

from any_data import inferred, proposed
from etl.inference.identifiers import identified
from etl.inference.personal import personal_names

PERSONAL = (
    *(
        "CreditCardNumber",
        "NationalInsuranceNo",
        "username",
        "IPAddress",
        "nameFirst",
        "Salary",
        "PostalCode",
    ),
    *("Candidate_Name", "Gender", "e-mail", "E-Mail (work)", "phone1", "BirthDate", "date_of_birth", "IBAN"),
    *("Post Code", "born"),
    *("rijksregisternummer", "achternaam", "Voornaam", "geboortedatum", "straat", "telefoonnummer_gsm"),
    *("prénom", "Nom de famille", "adresse", "numéro de téléphone", "Date de naissance", "code postal"),
    *("Geburtsdatum", "Nachname", "Straße", "Telefon", "Geschlecht", "PLZ", "Gehalt"),
    *("Apellido", "dirección", "fecha de nacimiento", "teléfono", "DNI"),
    *("cognome", "indirizzo", "data di nascita", "codice fiscale", "cellulare"),
)
NOT_PERSONAL = (
    *(
        "name",
        "product_name",
        "file_name",
        "amount",
        "birth_rate",
        "email_count",
        "phone_type",
        "status",
        "ship",
    ),
    *(
        "country",
        "adressed",
        "zipper",
        "iprod",
        "description",
        "department",
        "state",
        "title",
        "code",
        "notes",
    ),
)


@pytest.mark.parametrize("name", PERSONAL)
def test_a_name_of_something_personal_in_six_languages(name: str) -> None:
    assert personal_names("things", [name, "amount"]) == {name}


@pytest.mark.parametrize("name", NOT_PERSONAL)
def test_a_name_of_something_else(name: str) -> None:
    assert personal_names("things", [name]) == frozenset()


@pytest.mark.parametrize(
    "dataset", ["customers", "CrmUsers", "klanten", "Kunden", "employees_2024", "voters"]
)
def test_a_name_alone_is_personal_in_data_of_people(dataset: str) -> None:
    assert personal_names(dataset, ["Name", "visits"]) == {"Name"}


@pytest.mark.parametrize(
    ("other", "is_personal"), [("birth_date", True), ("passport", True), ("phone", False), ("address", False)]
)
def test_a_name_beside_what_only_people_have(other: str, is_personal: bool) -> None:
    assert ("name" in personal_names("airports", ["name", other])) is is_personal


def numbers(count: int, digits: int) -> list[str]:
    """Numbers that are the same every time."""
    chosen = random.Random(digits)
    return [str(chosen.randrange(10 ** (digits - 1), 10**digits)) for _ in range(count)]


def belgian(number: int) -> str:
    """A Belgian national number of somebody born in May 1985."""
    body = f"8505{number % 28 + 1:02d}{number:03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def dutch(number: int) -> str | None:
    """A Dutch citizen service number; None where the digit of the check would be ten."""
    body = f"{11111111 + number * 7}"
    check = sum(int(digit) * weight for digit, weight in zip(body, range(9, 1, -1))) % 11
    return f"{body}{check}" if check < 10 else None


def luxembourg(number: int) -> str:
    """A Luxembourg national number of somebody born in May 1985."""
    body = f"198505{number % 28 + 1:02d}{number:03d}"
    return body + luhn.calc_check_digit(body) + verhoeff.calc_check_digit(body)


def french(number: int) -> str:
    """A French number of social security of somebody born in May 1985."""
    body = f"1850575{number:03d}{number % 900 + 100:03d}"
    return f"{body}{97 - int(body) % 97:02d}"


VALUES = {
    "card numbers": [number + luhn.calc_check_digit(number) for number in numbers(40, 15)],
    "IBANs": [f"BE{mod_97_10.calc_check_digits(f'{n}1114')}{n}" for n in numbers(40, 12)],
    "Belgian": [belgian(n) for n in range(40)],
    "Dutch": [text for n in range(44) if (text := dutch(n))],
    "Luxembourg": [luxembourg(n) for n in range(40)],
    "French": [french(n) for n in range(40)],
    "British": [f"AB{n}C" for n in numbers(40, 6)],
    "IP addresses": [f"10.0.{n}.{n + 1}" for n in range(40)],
    "e-mail": [f"somebody{n}@example.org" for n in range(40)],
    "telephone numbers": [f"+3247012{n}" for n in numbers(40, 4)],
    "telephone numbers of GB": [f"020 7946 {n}" for n in numbers(40, 4)],
}


@pytest.mark.parametrize("kind", VALUES)
def test_values_tell_what_they_are(kind: str) -> None:
    if kind.startswith("telephone"):
        region = kind.rpartition(" ")[2] if " of " in kind else None
        assert all(phonenumbers.is_valid_number(phonenumbers.parse(text, region)) for text in VALUES[kind])
    found = identified(VALUES[kind])
    assert found is not None
    assert found.startswith(f"{len(VALUES[kind])} of {len(VALUES[kind])} different values are {kind}")


@pytest.mark.parametrize("digits", range(6, 20))
def test_numbers_that_pass_a_check_by_chance_tell_nothing(digits: int) -> None:
    assert identified(numbers(200, digits)) is None


def test_a_few_values_tell_nothing_and_one_typo_no_less() -> None:
    assert identified(VALUES["IBANs"][:9]) is None
    assert identified([*VALUES["IBANs"], "unknown"]) == "40 of 41 different values are IBANs"
    assert identified([*VALUES["IBANs"], "a", "b", "c"]) is None


def test_no_value_of_a_personal_column_is_written_down(spark: SparkSession, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    kinds = ["card numbers", "IBANs", "Belgian", "telephone numbers"]
    columns = [VALUES[kind] for kind in kinds]
    rows = [f"{n},{','.join(row)}\n" for n, row in enumerate(zip(*columns))]
    (data / "payments.csv").write_text(
        f"id,{','.join(f'field_{n}' for n in range(len(kinds)))}\n" + "".join(rows)
    )
    evidence = inferred(spark, data, tmp_path)["payments"]
    assert [each["personal"] for each in evidence["columns"]] == [False, True, True, True, True]
    proposed(tmp_path)
    contract = (tmp_path / "contracts" / "payments.odcs.yaml").read_text()
    assert contract.count("personal-data") == len(kinds)
    for kind, values in zip(kinds, columns):
        assert f"# 40 of 40 different values are {kind}" in contract
        written = [
            text for text in values if text in contract or text in (tmp_path / "evidence.json").read_text()
        ]
        assert written == []


def test_jobs_start_without_the_libraries_of_inference() -> None:
    code = "import sys, etl.cli; print(sorted({'stdnum', 'phonenumbers'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
