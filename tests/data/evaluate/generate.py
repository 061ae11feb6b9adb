"""Writes reference.json: what scikit-learn says of synthetic predictions.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 numpy==2.4.6 mpmath==1.4.1
    venv/bin/python tests/data/evaluate/generate.py

AUC, Brier score, log loss, ROC points and isotonic calibration are scikit-learn's. Bins are cut as calibration_curve cuts them; their
Wilson intervals, ECE and lift are the formulas of METHODS.md in numpy. Platt's parameters are scikit-learn's (L-BFGS, so good to about
1e-6) and, as `exact`, those of Newton's method in 40-digit arithmetic on the same targets.
"""

import json
import pathlib

import mpmath
import numpy as np
import sklearn
from sklearn.calibration import _sigmoid_calibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score, roc_curve

Z = 1.959963984540054  # the normal distribution's quantile at 0.975
GRID = np.linspace(-0.2, 1.2, 29)


def cases():
    rng = np.random.default_rng(20260301)
    p = rng.beta(1.2, 3.0, 250)
    y = rng.random(250) < p**1.3
    yield "ordinary", p, y, None
    yield "weights, some of them 0", p, y, np.round(rng.exponential(1.0, 250), 3) * (rng.random(250) > 0.1)
    tenths = np.round(p, 1)
    yield "heavy ties on the edges of bins", tenths, y, None
    yield "heavy ties, weights", tenths, y, rng.integers(1, 6, 250).astype(float)
    yield "two values", np.where(p > 0.3, 0.7, 0.2), y, None
    yield "constant", np.full(50, 0.25), rng.random(50) < 0.3, None
    perfect = np.linspace(0.01, 0.99, 60)
    yield "perfect separation", perfect, perfect > 0.6, None
    yield "always wrong", perfect, perfect < 0.4, None
    sure = np.where(rng.random(200) < 0.3, np.round(rng.random(200)), rng.random(200))
    yield "sure of 0 and 1, sometimes wrongly", sure, rng.random(200) < 0.2 + 0.6 * sure, None
    yield "twenty-five cases, a tenth of which is two and a half", p[:25], np.arange(25) % 4 == 0, None
    yield "two cases", np.array([0.2, 0.6]), np.array([False, True]), None
    rare = rng.beta(0.5, 30.0, 600)
    yield "rare", rare, rng.random(600) < rare * 0.8 + 0.005, None
    near = np.repeat(np.array([0.1, 0.2, 0.3, 0.1 + 0.2, 0.6, 0.7, 0.1 + 0.7, 0.8, 0.9, 1.0, 0.0]), 5)
    yield "doubles beside the edges", near, rng.random(55) < 0.5, None


def bins(p, y, w):
    place = np.searchsorted(np.linspace(0.0, 1.0, 11)[1:-1], p)
    for number in range(10):
        inside = (place == number) & (w > 0)
        if not inside.any():
            yield {"count": 0}
            continue
        weight = w[inside]
        rate = np.average(y[inside], weights=weight)
        n = weight.sum() ** 2 / (weight**2).sum()
        centre = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * np.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n))
        yield {
            "count": int(inside.sum()), "weight": weight.sum(), "mean_prediction": np.average(p[inside], weights=weight),
            "observed_rate": rate, "low": max(centre - half, 0.0), "high": min(centre + half, 1.0),
        }


def ece(found):
    known = [each for each in found if each["count"]]
    total = sum(each["weight"] for each in known)
    return sum(each["weight"] / total * abs(each["mean_prediction"] - each["observed_rate"]) for each in known)


def lift(p, y, w, share=0.1):
    values = np.unique(p)[::-1]
    weight = np.cumsum([w[p == value].sum() for value in values])
    positive = np.cumsum([(w * y)[p == value].sum() for value in values])
    gains = np.interp(share, np.r_[0, weight] / weight[-1], np.r_[0, positive] / positive[-1])
    return gains / share


def platt_exact(p, y, w):
    mpmath.mp.dps = 40
    high = (w[y].sum() + 1) / (w[y].sum() + 2)
    low = 1 / (w[~y].sum() + 2)
    points = [(mpmath.mpf(f), mpmath.mpf(high if t else low), mpmath.mpf(v)) for f, t, v in zip(p, y, w) if v > 0]
    a, b = mpmath.mpf(0), mpmath.log((w[~y].sum() + 1) / (w[y].sum() + 1))
    for _ in range(60):
        ga = gb = aa = ab = bb = mpmath.mpf(0)
        for f, t, v in points:
            q = 1 / (1 + mpmath.exp(a * f + b))
            d, h = v * (t - q), v * q * (1 - q)
            ga, gb, aa, ab, bb = ga + d * f, gb + d, aa + h * f * f, ab + h * f, bb + h
        det = aa * bb - ab * ab
        da, db = (bb * ga - ab * gb) / det, (aa * gb - ab * ga) / det
        # Far away Newton's steps are too long; the function is convex, so shorter ones arrive as well.
        size = min(mpmath.mpf(1), 20 / max(abs(da), abs(db), mpmath.mpf(1)))
        a, b = a - size * da, b - size * db
        if max(abs(da), abs(db)) < mpmath.mpf(10) ** -30:
            return [float(a), float(b)]
    raise ArithmeticError("no optimum")


def case(name, p, y, weights):
    w = np.ones(len(p)) if weights is None else weights
    found = list(bins(p, y, w))
    if weights is None:
        rate, mean = calibration_curve(y, p, n_bins=10, strategy="uniform")
        assert np.allclose([each["observed_rate"] for each in found if each["count"]], rate, rtol=0, atol=1e-13)
        assert np.allclose([each["mean_prediction"] for each in found if each["count"]], mean, rtol=0, atol=1e-13)
    fpr, tpr, thresholds = roc_curve(y, p, sample_weight=weights, drop_intermediate=False)
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(p, y, sample_weight=weights)
    constant = len(np.unique(p)) == 1
    platt = _sigmoid_calibration(p, y.astype(float), sample_weight=weights)
    return {
        "name": name, "predictions": p.tolist(), "outcomes": y.tolist(), "weights": None if weights is None else weights.tolist(),
        "n": int((w > 0).sum()), "base_rate": np.average(y, weights=w), "auc": roc_auc_score(y, p, sample_weight=weights),
        "brier": brier_score_loss(y, p, sample_weight=weights), "log_loss": log_loss(y, p, sample_weight=weights),
        "bins": found, "ece": ece(found), "lift_at_10": lift(p, y, w),
        "roc": [thresholds[1:].tolist(), fpr.tolist(), tpr.tolist()],
        "isotonic": {"at": GRID.tolist(), "at_predictions": isotonic.predict(p).tolist(), "probabilities": isotonic.predict(GRID).tolist()},
        "platt": {"scikit_learn": [float(each) for each in platt], "exact": None if constant else platt_exact(p, y, w)},
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.item() if isinstance(value, np.generic) else value


versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "mpmath": mpmath.__version__}
written = {"versions": versions, "cases": [plain(case(*each)) for each in cases()]}
pathlib.Path(__file__).with_name("reference.json").write_text(json.dumps(written, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
