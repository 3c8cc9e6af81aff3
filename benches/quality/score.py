"""How good clusters are, given the true ones: pairs, B-cubed (Bagga and Baldwin 1998), and the largest cluster."""
from collections import Counter


def score(truth, predicted):
    """Both map records to clusters. A true record that was not clustered is a cluster of its own; records without a label do not count."""
    predicted = {record: predicted.get(record, ("alone", record)) for record in truth}
    true, found = Counter(truth.values()), Counter(predicted.values())
    both = Counter((truth[record], predicted[record]) for record in truth)
    true_pairs, found_pairs, right = (sum(n * (n - 1) // 2 for n in sizes.values()) for sizes in (true, found, both))
    precision = right / found_pairs if found_pairs else 1.0
    recall = right / true_pairs if true_pairs else 1.0
    of_found = sum(n * n / found[cluster] for (_, cluster), n in both.items()) / len(truth)
    of_true = sum(n * n / true[entity] for (entity, _), n in both.items()) / len(truth)
    return {
        "records": len(truth), "true_entities": len(true), "entities": len(found), "true_pairs": true_pairs, "pairs": found_pairs, "right_pairs": right,
        "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(harmonic(precision, recall), 4),
        "bcubed_precision": round(of_found, 4), "bcubed_recall": round(of_true, 4), "bcubed_f1": round(harmonic(of_found, of_true), 4),
        "largest_true": max(true.values()), "largest": max(found.values()),
    }


def harmonic(left, right):
    return 2 * left * right / (left + right) if left + right else 0.0
