using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Says, all at once, why training rows can't be learned from.</summary>
internal static class TrainingDataCheck
{
    /// <param name="data">The data.</param>
    /// <param name="finiteFeatures">Whether the trainer takes no missing value and no category.</param>
    /// <param name="severalClasses">Whether one class alone is nothing to learn from.</param>
    /// <param name="categories">Whether it takes positions of categories, missing ones too, nevertheless.</param>
    public static void Throw(TrainingData data, bool finiteFeatures, bool severalClasses, bool categories = false)
    {
        var problems = new List<Problem>();
        if (finiteFeatures) AddFeatureProblems(data, categories, problems);
        AddRowProblems(data, severalClasses, problems);
        if (problems.Count > 0) throw new ModelTrainingException(problems);
    }

    private static void AddFeatureProblems(TrainingData data, bool categories, List<Problem> problems)
    {
        for (var feature = 0; feature < data.Features.Count; feature++)
        {
            var info = data.Features.Features[feature];
            if (info.Kind == FeatureKind.Category && categories) continue;
            if (info.Kind == FeatureKind.Category)
            {
                problems.Add(new Problem("MT2455", $"Feature '{info.Name}' is the position of a category, which has no order to weigh. Encode it as quantities, one-hot or by the target."));
                continue;
            }

            var column = data.Features.Column(feature);
            if (AreFinite(column)) continue; // nearly always, and looked at many a time faster than the training rows one by one
            foreach (var row in data.TrainingRows.Span)
            {
                if (float.IsFinite(column[row])) continue;
                problems.Add(new Problem("MT2454", string.Create(CultureInfo.InvariantCulture, $"Feature '{info.Name}' of row {row} is {column[row]}, and the trainer takes finite numbers only. Impute missing values, or train on a pipeline, which does.")));
                break;
            }
        }
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        // NaN and infinities are not 0 when they are taken from themselves.
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var sum = Vector<float>.Zero;
        foreach (var vector in vectors) sum += vector - vector;
        if (!Vector.EqualsAll(sum, Vector<float>.Zero)) return false;
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            if (!float.IsFinite(value)) return false;
        }

        return true;
    }

    private static void AddRowProblems(TrainingData data, bool severalClasses, List<Problem> problems)
    {
        var target = data.Target;
        var (learnable, found, first) = (0, problems.Count, -1);
        var isSingle = true;
        foreach (var row in data.TrainingRows.Span)
        {
            var (value, weight) = (target.Values[row], data.Weights.IsEmpty ? 1 : data.Weights[row]);
            if (!(weight >= 0 && float.IsFinite(weight)))
            {
                problems.Add(new Problem("MT2451", string.Create(CultureInfo.InvariantCulture, $"The weight of row {row} is {weight}; weights must be finite and not negative. Mend the weight column.")));
            }
            else if (!IsTarget(value, target))
            {
                var allowed = target.Task == LearningTask.Regression ? "a finite number" : $"a class position from 0 to {target.Classes.Count - 1}";
                problems.Add(new Problem("MT2450", string.Create(CultureInfo.InvariantCulture, $"The target '{target.Column}' of row {row} is {value}; it must be {allowed}. Leave out rows without a label.")));
            }

            if (problems.Count > found) return;
            if (weight == 0) continue;
            learnable++;
            if (first < 0) first = row;
            isSingle &= value == target.Values[first];
        }

        if (learnable == 0)
        {
            problems.Add(new Problem("MT2452", data.TrainingRows.IsEmpty ? "There is no training row. Check the split." : $"All {data.TrainingRows.Length} training rows have weight 0. Check the weights."));
        }
        else if (severalClasses && isSingle && target.Task != LearningTask.Regression)
        {
            problems.Add(new Problem("MT2453", $"All {learnable} training rows are of class '{target.Classes[(int)target.Values[first]]}' of '{target.Column}', so there is nothing to tell apart. Use data with at least two classes, or a stratified split."));
        }
    }

    private static bool IsTarget(float value, Target target) =>
        target.Task == LearningTask.Regression ? float.IsFinite(value) : value >= 0 && value < target.Classes.Count && value == MathF.Floor(value);
}
