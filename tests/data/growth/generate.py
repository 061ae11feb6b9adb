"""Writes bg_nbd.json: what others say of the BG/NBD model.

    python -m venv venv && venv/bin/pip install lifetimes==0.11.3 mpmath==1.4.1
    venv/bin/python tests/data/growth/generate.py

`cdnow`: the fit of lifetimes, and its log likelihood, on cdnow_daily.csv in weeks (days / 7). That file counts days with a purchase of
CDNOW's sample of 2,357 customers up to 1997-09-30; it was computed for this project.
`published`: the parameters in Fader, Hardie and Lee (2005), table 2, and lifetimes' values for two customers of the paper, there in weeks of
two decimals.
`exact`: P(alive), the expected number of purchases and the log likelihood by the paper's own formulas, in 60-digit arithmetic.
"""

import json
import pathlib

import mpmath
import pandas
from lifetimes import BetaGeoFitter

HERE = pathlib.Path(__file__).parent
mpmath.mp.dps = 60
MODELS = [(0.2426, 4.4135, 0.7929, 2.4258), (1.5, 10.0, 2.5, 0.3), (0.5, 30.0, 1.0 + 1e-9, 3.0), (0.05, 0.2, 0.3, 0.2), (4.0, 60.0, 1.2, 9.0)]
CUSTOMERS = [(0, 0, 0), (0, 0, 38.86), (1, 1.71, 38.86), (2, 30.43, 38.86), (26, 30.86, 31.0), (7, 3.0, 300.0), (400, 200.0, 210.0)]
TIMES = [0.01, 1.0, 39.0, 1000.0]


def odds_left(model, customer):
    (r, alpha, a, b), (x, last, age) = model, customer
    return a / (b + x - 1) * ((alpha + age) / (alpha + last)) ** (r + x) if x > 0 else mpmath.mpf(0)


def log_likelihood(model, customer):
    (r, alpha, a, b), (x, _, age) = model, customer
    buying = mpmath.loggamma(r + x) - mpmath.loggamma(r) + r * mpmath.log(alpha) - (r + x) * mpmath.log(alpha + age)
    staying = mpmath.loggamma(a + b) + mpmath.loggamma(b + x) - mpmath.loggamma(b) - mpmath.loggamma(a + b + x)
    return buying + staying + mpmath.log(1 + odds_left(model, customer))


def expected(model, customer, t):
    (r, alpha, a, b), (x, _, age) = model, customer
    rest = (alpha + age) / (alpha + age + t)
    bend = rest ** (r + x) * mpmath.hyp2f1(r + x, b + x, a + b + x - 1, 1 - rest)
    return (a + b + x - 1) / (a - 1) * (1 - bend) / (1 + odds_left(model, customer))


def precise(numbers):
    return [mpmath.mpf(float(number)) for number in numbers]


def exact(model, customer):
    both = precise(model), precise(customer)
    return {
        "model": model, "customer": customer, "p_alive": float(1 / (1 + odds_left(*both))),
        "expected": [float(expected(*both, t)) for t in precise(TIMES)], "log_likelihood": float(log_likelihood(*both)),
    }


daily = pandas.read_csv(HERE / "cdnow_daily.csv")
fitted = BetaGeoFitter().fit(daily["frequency"], daily["recency"] / 7, daily["T"] / 7, tol=1e-9)
cdnow = {name: float(fitted.params_[name]) for name in ("r", "alpha", "a", "b")}
customers = zip(daily["frequency"], daily["recency"] / 7, daily["T"] / 7)
cdnow["log_likelihood"] = float(sum(log_likelihood(precise(cdnow.values()), precise(each)) for each in customers))
published = {
    "r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426, "log_likelihood": -9582.4,
    "lifetimes": {
        "r": 0.2425929282798216, "alpha": 4.413532265271803, "a": 0.7928859664405851, "b": 2.42575238262545,
        "p_alive": [[2, 30.43, 38.86, 0.72660914], [1, 1.71, 38.86, 0.21222739]],
        "expected_39": [[2, 30.43, 38.86, 1.2259104241744259], [0, 0, 0, 1.195016228446211]],
    },
}
written = {"cdnow": cdnow, "published": published, "times": TIMES, "exact": [exact(model, customer) for model in MODELS for customer in CUSTOMERS]}
(HERE / "bg_nbd.json").write_text(json.dumps(written, indent=1) + "\n")
print(cdnow)
