"""Makes ``places.json`` from the data of the package ``vietnam-provinces``.

Run by hand when units change by law, in an environment that has the package:

    pip install vietnam-provinces==2025.10.1
    python -m content.seed.make_places > content/seed/places.json

The package repeats the list of the statistics office; only facts are taken: code,
kind and name. Not used at run time, and the package is no dependency of the portal.
"""

import importlib
import json
import sys
from typing import Any

from content.text import nfc, sort_key

#: Provinces that ended on 30/6/2025 (NQ 202/2025/QH15), with code and successor.
FORMER = """
02 Hà Giang 08|06 Bắc Kạn 19|10 Lào Cai 15|15 Yên Bái 15|17 Hòa Bình 25|24 Bắc Giang 24
26 Vĩnh Phúc 25|27 Bắc Ninh 24|30 Hải Dương 31|34 Thái Bình 33|35 Hà Nam 37|36 Nam Định 37
44 Quảng Bình 44|45 Quảng Trị 44|49 Quảng Nam 48|52 Bình Định 52|54 Phú Yên 66
58 Ninh Thuận 56|60 Bình Thuận 68|62 Kon Tum 51|64 Gia Lai 52|67 Đắk Nông 68
70 Bình Phước 75|72 Tây Ninh 80|74 Bình Dương 79|77 Bà Rịa - Vũng Tàu 79|80 Long An 80
82 Tiền Giang 82|83 Bến Tre 86|84 Trà Vinh 86|87 Đồng Tháp 82|89 An Giang 91
91 Kiên Giang 91|93 Hậu Giang 92|94 Sóc Trăng 92|95 Bạc Liêu 96
"""
#: Cities that the list of 2025 still calls provinces (NQ 30/2026/QH16).
CITIES_SINCE = {"75"}


def main() -> None:
    """Write the file to standard output, one province a line."""
    package = importlib.import_module("vietnam_provinces")
    given = json.loads(package.NESTED_DIVISIONS_JSON_PATH.read_text("utf-8"))
    provinces = [_province(one) for one in _sorted(given)]
    former = [line.split(" ") for line in FORMER.strip().replace("\n", "|").split("|")]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in provinces)
    rest = json.dumps(
        [[one[0], " ".join(one[1:-1]), one[-1]] for one in former], ensure_ascii=False
    )
    sys.stdout.write(f'{{"valid_from": "2025-07-01",\n"provinces": [\n{lines}\n],\n')
    sys.stdout.write(f'"former": {rest}}}\n')


def _sorted(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(units, key=lambda unit: sort_key(_name(unit)))


def _province(unit: dict[str, Any]) -> list[Any]:
    code = f"{unit['code']:02d}"
    is_city = unit["division_type"].startswith("thành phố") or code in CITIES_SINCE
    communes = [
        [f"{one['code']:05d}", one["division_type"], _name(one)] for one in _sorted(unit["wards"])
    ]
    return [code, "thành phố" if is_city else "tỉnh", _name(unit), communes]


def _name(unit: dict[str, Any]) -> str:
    """The name without its kind, and without the double spaces of the source."""
    words = nfc(unit["name"]).split()
    kind = unit["division_type"].split()[:2]
    size = len(kind) if [word.lower() for word in words[: len(kind)]] == kind else 0
    return " ".join(words[size:])


if __name__ == "__main__":
    main()
