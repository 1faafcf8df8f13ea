"""The types of questions as editors read them."""

from collections.abc import Mapping

from content.procedures.forms.definition import Kind

KIND_WORDS: Mapping[Kind, str] = {
    Kind.TEXT: "một dòng chữ",
    Kind.PARAGRAPH: "đoạn văn",
    Kind.NUMBER: "số",
    Kind.DATE: "ngày tháng",
    Kind.NATIONAL_ID: "số định danh, số giấy tờ",
    Kind.PHONE: "số điện thoại",
    Kind.EMAIL: "thư điện tử",
    Kind.CHOICE: "chọn một",
    Kind.CHOICES: "chọn nhiều",
    Kind.ADDRESS: "địa chỉ",
    Kind.FILE: "tệp đính kèm",
    Kind.REPEAT: "nhóm lặp lại",
    Kind.STATEMENT: "lời dặn, không trả lời",
}
