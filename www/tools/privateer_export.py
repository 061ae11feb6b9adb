"""Writes scikit-learn's models as JSON that Privateer reads (`Model::import`, `importModel`).

    from privateer_export import export
    export(model, "model.json", features=["age", "visits"])

LightGBM and XGBoost need no exporter: save_model("model.txt") of the one, save_model("model.json") of the other.

Known: LogisticRegression, LinearRegression and other linear regressors, GaussianNB, BernoulliNB, CategoricalNB, decision trees,
RandomForest*, ExtraTrees*, GradientBoosting*, HistGradientBoosting* without categorical features, and CalibratedClassifierCV
with one classifier (ensemble=False, or cv="prefit", or a FrozenEstimator). Of two classes, the second's probability is told.

Needs numpy and scikit-learn 1.3 or newer, which whoever has a model has.
"""

import json
import math

import numpy as np


class Unsupported(ValueError):
    """The model would not be read as scikit-learn reads it."""


def export(model, path=None, features=None, categories=None, means=None):
    """The model as a dict, written to `path` if there is one.

    features: the features' names; those that the model was fitted with, or x0, x1, … where they are not given.
    categories: {feature: [names]} for CategoricalNB, in the order of their codes.
    means: a linear model's usual row: contributions are then coefficient · (x - mean), so that base is a usual row's answer.
    """
    written = {"privateer": "model", "version": 1, "trainer": f"scikit-learn {_version()}", **_model(model, categories or {}, means)}
    written["features"] = _features(model, features, written.pop("kinds", None), categories or {})
    if path is not None:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(written, file, allow_nan=False)
    return written


def _version():
    import sklearn

    return sklearn.__version__


def _features(model, names, kinds, categories):
    count = model.n_features_in_
    names = list(names if names is not None else getattr(model, "feature_names_in_", [f"x{i}" for i in range(count)]))
    if len(names) != count:
        raise Unsupported(f"the model has {count} features, and {len(names)} names were given")
    kinds = kinds or ["number"] * count
    return [
        {"name": str(name), "kind": kind, **({"categories": [str(each) for each in categories[name]]} if name in categories else {})}
        for name, kind in zip(names, kinds)
    ]


def _model(model, categories, means):
    name = type(model).__name__
    readers = {
        "LogisticRegression": _logistic,
        "LinearRegression": _linear, "Ridge": _linear, "Lasso": _linear, "ElasticNet": _linear, "SGDRegressor": _linear,
        "PoissonRegressor": _log_linear, "GammaRegressor": _log_linear,
        "GaussianNB": _gaussian, "BernoulliNB": _bernoulli, "CategoricalNB": _categorical,
        "DecisionTreeClassifier": _one_tree, "DecisionTreeRegressor": _one_tree,
        "ExtraTreeClassifier": _one_tree, "ExtraTreeRegressor": _one_tree,
        "RandomForestClassifier": _forest, "RandomForestRegressor": _forest,
        "ExtraTreesClassifier": _forest, "ExtraTreesRegressor": _forest,
        "GradientBoostingClassifier": _boosted, "GradientBoostingRegressor": _boosted,
        "HistGradientBoostingClassifier": _hist, "HistGradientBoostingRegressor": _hist,
        "CalibratedClassifierCV": _calibrated,
    }
    if name not in readers:
        raise Unsupported(f"{name} is not supported")
    if hasattr(model, "classes_") and len(model.classes_) != 2:
        raise Unsupported("only models of two classes are supported")
    if getattr(model, "n_outputs_", 1) != 1:
        raise Unsupported("only models of one output are supported")
    if name in ("LogisticRegression", "LinearRegression", "Ridge", "Lasso", "ElasticNet", "SGDRegressor", "PoissonRegressor", "GammaRegressor"):
        return readers[name](model, means)
    return readers[name](model)


def _terms(coefficients, intercept, means):
    coefficients = [float(each) for each in np.ravel(coefficients)]
    means = [0.0] * len(coefficients) if means is None else [float(each) for each in means]
    base = float(np.ravel(intercept)[0]) + sum(weight * mean for weight, mean in zip(coefficients, means))
    terms = [{"kind": "linear", "feature": i, "weight": weight, "mean": mean} for i, (weight, mean) in enumerate(zip(coefficients, means))]
    return {"base": base, "terms": terms}


def _logistic(model, means):
    return {"link": "logistic", **_terms(model.coef_, model.intercept_, means)}


def _linear(model, means):
    return {"link": "identity", **_terms(model.coef_, model.intercept_, means)}


def _log_linear(model, means):
    return {"link": "exp", **_terms(model.coef_, model.intercept_, means)}


def _gaussian(model):
    terms = [
        {"kind": "normal", "feature": i, "none": [float(model.theta_[0, i]), float(model.var_[0, i])], "some": [float(model.theta_[1, i]), float(model.var_[1, i])]}
        for i in range(model.n_features_in_)
    ]
    return {"link": "logistic", "base": math.log(model.class_prior_[1]) - math.log(model.class_prior_[0]), "terms": terms}


def _bernoulli(model):
    yes = model.feature_log_prob_
    no = np.log(1 - np.exp(yes))
    base = float(model.class_log_prior_[1] - model.class_log_prior_[0])
    trees, terms = [], []
    for i in range(model.n_features_in_):
        values = [float(no[1, i] - no[0, i]), float(yes[1, i] - yes[0, i])]
        if model.binarize is None:
            terms.append({"kind": "table", "feature": i, "values": values})
            continue
        trees.append({"line": i, "left": [1, -1, -1], "right": [2, -1, -1], "feature": [i, -2, -2], "threshold": [float(model.binarize), 0.0, 0.0], "value": [0.0, *values]})
    return {"link": "logistic", "base": base, "terms": terms, "trees": trees}


def _categorical(model):
    terms = [{"kind": "table", "feature": i, "values": (each[1] - each[0]).tolist()} for i, each in enumerate(model.feature_log_prob_)]
    base = float(model.class_log_prior_[1] - model.class_log_prior_[0])
    return {"link": "logistic", "base": base, "terms": terms, "kinds": ["category"] * model.n_features_in_}


def _tree(tree, value):
    """One of scikit-learn's trees; `value` gives what each node says."""
    missing_left = getattr(tree, "missing_go_to_left", np.zeros(tree.node_count))
    return {
        "left": tree.children_left.tolist(),
        "right": tree.children_right.tolist(),
        "feature": tree.feature.tolist(),
        "threshold": _thresholds(tree.children_left == -1, tree.threshold),
        "missing_left": [bool(each) for each in missing_left],
        "value": value.tolist(),
        "cover": tree.weighted_n_node_samples.tolist(),
    }


def _thresholds(leaf, thresholds):
    """Those of leaves mean nothing. Where only what is missing is split off, it is infinite, which JSON cannot write."""
    return np.nan_to_num(np.where(leaf, 0.0, thresholds), posinf=np.finfo(np.float64).max).tolist()


def _share(tree):
    """The second class's share; until 1.3 nodes had counts."""
    counts = tree.value[:, 0, :]
    return counts[:, 1] / counts.sum(axis=1)


def _says(model, tree):
    return _share(tree) if hasattr(model, "classes_") else tree.value[:, 0, 0]


def _one_tree(model):
    return {"single": True, "trees": [_tree(model.tree_, _says(model, model.tree_))]}


def _forest(model):
    trees = [_tree(each.tree_, _says(model, each.tree_)) for each in model.estimators_]
    return {"single": True, "divisor": float(len(trees)), "trees": trees}


def _boosted(model):
    if type(model.init_).__name__ not in ("DummyClassifier", "DummyRegressor") and model.init_ != "zero":
        raise Unsupported("a GradientBoosting model with an estimator as init is not supported")
    link, scale = "identity", 1.0
    if hasattr(model, "classes_"):
        link, scale = "logistic", {"log_loss": 1.0, "exponential": 2.0}[model.loss]
    base = float(model._raw_predict_init(np.zeros((1, model.n_features_in_), dtype=np.float32))[0, 0])
    trees = [_tree(each.tree_, model.learning_rate * each.tree_.value[:, 0, 0]) for each in model.estimators_[:, 0]]
    return {"single": True, "link": link, "scale": scale, "base": base, "trees": trees}


def _hist(model):
    if getattr(model, "is_categorical_", None) is not None and np.any(model.is_categorical_):
        raise Unsupported("categorical features of HistGradientBoosting are not supported")
    links = {"log_loss": "logistic", "binary_crossentropy": "logistic", "poisson": "exp", "gamma": "exp"}
    trees = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append({
            "left": np.where(leaf, -1, nodes["left"].astype(np.int64)).tolist(),
            "right": np.where(leaf, -1, nodes["right"].astype(np.int64)).tolist(),
            "feature": nodes["feature_idx"].tolist(),
            "threshold": _thresholds(leaf, nodes["num_threshold"]),
            "missing_left": nodes["missing_go_to_left"].astype(bool).tolist(),
            "value": nodes["value"].tolist(),
            "cover": nodes["count"].astype(np.float64).tolist(),
        })
    return {"link": links.get(model.loss, "identity"), "base": float(np.ravel(model._baseline_prediction)[0]), "trees": trees}


def _calibrated(model):
    if len(model.calibrated_classifiers_) != 1:
        raise Unsupported("calibrate with ensemble=False, or a fitted classifier: the mean of several models is not supported")
    one = model.calibrated_classifiers_[0]
    inner = one.estimator
    if type(inner).__name__ == "FrozenEstimator":
        inner = inner.estimator
    (calibrator,) = one.calibrators
    of = "margin" if hasattr(inner, "decision_function") else "value"
    if type(calibrator).__name__ == "IsotonicRegression":
        curve = {"kind": "isotonic", "xs": calibrator.X_thresholds_.tolist(), "ys": calibrator.y_thresholds_.tolist(), "of": of}
    elif hasattr(calibrator, "a_"):
        curve = {"kind": "sigmoid", "a": float(calibrator.a_), "b": float(calibrator.b_), "of": of}
    else:
        raise Unsupported(f"the calibration {type(calibrator).__name__} is not supported")
    return {**_model(inner, {}, None), "calibration": curve}
