"""Every rule of the field with its two marks: whether it is asked at all, and whether its numbers are right.

V read in the law, S quoted elsewhere, U custom or our own choice. A rule with one mark has it twice.
"""

V, S, U = "verified", "secondary", "unverified"

ONE = {
    V: "CHD-2 CHD-3 CHD-4 CHD-7 CON-1 CON-4 CON-6 CON-7 DAT-2 DAT-4 DAT-5 DAT-7 VOL-8 VOL-9 VOL-12 ORG-3 ORG-9 LAB-1 LAB-2 "
    "LAB-5 LAB-6 IDN-1 IDN-2 TIM-1",
    S: "CAS-5 CTR-2 VOL-4 VOL-6 ORG-2 ORG-4 ORG-5 ORG-6 ORG-7 ORG-8 INC-1 TRN-1",
    U: "CAS-2 CAS-3 CAS-4 CAS-6 CAS-7 CAS-9 CHD-6 CTR-1 OUT-1 CON-3 WRK-1 DAT-8 VOL-2 VOL-3 ORG-10 EVA-1 EVA-2 EVA-3 EVA-4 "
    "EVA-5 FAI-1 FAI-2 AID-1 EMG-1 NET-2 NET-3 LAB-3 TIM-2 TIM-3 TIM-4 CNT-1 CNT-2 CNT-3 CNT-4 CNT-5 CNT-6 CNT-7 CNT-8 "
    "CNT-9 SUP-1",
}
TWO = {
    (V, U): "CAS-8 CHD-1 CON-2 CON-5 DAT-1 DAT-3 DAT-6 RET VOL-10 VOL-11 ORG-1 AID-2 NET-1 LAB-4 IDN-3 USC-1 TIM-5",
    (V, S): "CHD-5 VOL-5 VOL-7",
    (S, U): "CAS-1 VOL-1",
}
MARKS = {code: (mark, mark) for mark, codes in ONE.items() for code in codes.split()} | {
    code: marks for marks, codes in TWO.items() for code in codes.split()
}

# What a place tells beside or instead of it.
LOCAL = [
    ("rules-beijing", "VOL-12"),
    ("rules-beijing", "VOL-BJ-1"),
    ("rules-fujian", "VOL-6"),
    ("rules-shandong", "VOL-11"),
    ("rules-ningbo", "VOL-11"),
    ("rules-shanghai", "VOL-11"),
    ("rules-anhui", "CHD-5"),
    ("rules-jiangsu", "VOL-JS-1"),
    ("rules-guangdong", "CHD-GD-1"),
    ("rules-shenzhen", "CHD-SZ-1"),
]
