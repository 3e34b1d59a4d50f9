using System.Globalization;

namespace ModelTraining;

/// <summary>Says, all at once, why data can't be learned from.</summary>
internal static class DataCheck
{
    /// <summary>A bin of 256 is left for missing values, and one that no feature needs.</summary>
    public const int MostCategories = 254;

    /// <param name="data">The data.</param>
    /// <param name="options">Those of gradient boosting; null of other trainers.</param>
    public static void Throw(TrainingData data, GradientBoostingOptions? options = null)
    {
        var problems = new List<Problem>();
        AddFeatureProblems(data.Features, problems);
        AddRowProblems(data, problems);
        if (options?.Objective is { } objective) AddObjectiveProblems(data, objective, problems);
        if (options is not null) problems.AddRange(ConstraintCheck.Problems(options, data));
        if (problems.Count > 0) throw new ModelTrainingException(problems);
    }

    private static void AddFeatureProblems(FeatureSet features, List<Problem> problems)
    {
        foreach (var feature in features.Features)
        {
            if (feature.Kind == FeatureKind.Category && feature.Cardinality is < 1 or > MostCategories)
            {
                problems.Add(new Problem("MT2405", $"Feature '{feature.Name}' has {feature.Cardinality} categories; trees take 1 to {MostCategories}. Encode it as quantities, or put rare categories together."));
            }
        }
    }

    private static void AddRowProblems(TrainingData data, List<Problem> problems)
    {
        var target = data.Target;
        var (badTargets, badWeights) = (new Findings(), new Findings());
        var seen = new HashSet<float>();
        var learnable = 0;
        foreach (var part in (ReadOnlySpan<ReadOnlyMemory<int>>)[data.TrainingRows, data.ValidationRows])
        {
            foreach (var row in part.Span)
            {
                var value = target.Values[row];
                var weight = data.Weights.IsEmpty ? 1 : data.Weights[row];
                if (!(weight >= 0 && float.IsFinite(weight))) badWeights.Add(row, weight);
                if (!IsTarget(value, target)) badTargets.Add(row, value);
            }
        }

        foreach (var row in data.TrainingRows.Span)
        {
            if (!data.Weights.IsEmpty && data.Weights[row] == 0) continue;
            learnable++;
            if (seen.Count < 2) seen.Add(target.Values[row]);
        }

        if (badTargets.Count > 0)
        {
            var allowed = target.Task == LearningTask.Regression ? "a finite number" : $"a class position from 0 to {target.Classes.Count - 1}";
            problems.Add(new Problem("MT2402", $"{badTargets.Say($"The target '{target.Column}'")}; it must be {allowed}. Leave out rows without a label."));
        }

        if (badWeights.Count > 0) problems.Add(new Problem("MT2403", $"{badWeights.Say("The weight")}; weights must be finite and not negative. Mend the weight column."));
        if (learnable == 0)
        {
            var found = data.TrainingRows.Length == 0 ? "There is no training row" : $"All {data.TrainingRows.Length} training rows have weight 0";
            problems.Add(new Problem("MT2404", $"{found}. Check the split and the weights."));
        }
        else if (badTargets.Count == 0 && target.Task != LearningTask.Regression && seen.Count == 1)
        {
            var name = target.Classes[(int)seen.First()];
            problems.Add(new Problem("MT2401", $"All {learnable} training rows are of class '{name}' of '{target.Column}', so there is nothing to tell apart. Use data with at least two classes, or a stratified split."));
        }
    }

    private static void AddObjectiveProblems(TrainingData data, BoostingObjective objective, List<Problem> problems)
    {
        var target = data.Target;
        if (objective.Task == LearningTask.BinaryClassification && target.Task != objective.Task)
        {
            problems.Add(new Problem("MT2420", $"The objective '{objective}' is for two classes, and '{target.Column}' {(target.Task == LearningTask.Regression ? "is a number" : $"has {target.Classes.Count} classes")}. Leave out Objective."));
            return;
        }

        if (target.Task != objective.Task)
        {
            problems.Add(new Problem("MT2420", $"The objective '{objective}' is for numbers, and '{target.Column}' has {target.Classes.Count} classes. Leave out Objective: classes are learned by log_loss."));
            return;
        }

        var refused = new Findings();
        foreach (var part in (ReadOnlySpan<ReadOnlyMemory<int>>)[data.TrainingRows, data.ValidationRows])
        {
            foreach (var row in part.Span) if (float.IsFinite(target.Values[row]) && !objective.Accepts(target.Values[row])) refused.Add(row, target.Values[row]);
        }

        if (refused.Count > 0) problems.Add(new Problem("MT2421", $"{refused.Say($"The target '{target.Column}'")}; the objective '{objective}' takes {objective.Targets}. Leave out such rows, or take another objective."));
    }

    private static bool IsTarget(float value, Target target) =>
        target.Task == LearningTask.Regression ? float.IsFinite(value) : value >= 0 && value < target.Classes.Count && value == MathF.Floor(value);

    private sealed class Findings
    {
        private int _row;
        private float _value;

        public int Count { get; private set; }

        public void Add(int row, float value)
        {
            if (Count++ == 0) (_row, _value) = (row, value);
        }

        public string Say(string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{what} of row {_row} is {_value}{(Count > 1 ? $" ({Count} such rows)" : "")}");
    }
}
