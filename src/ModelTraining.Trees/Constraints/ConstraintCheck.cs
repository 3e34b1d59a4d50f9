namespace ModelTraining;

/// <summary>Says what constraints name that the data does not have.</summary>
internal static class ConstraintCheck
{
    public static IEnumerable<Problem> Problems(GradientBoostingOptions options, TrainingData data)
    {
        var features = data.Features.Features;
        var directed = options.MonotoneIncreasing.Concat(options.MonotoneDecreasing).ToList();
        foreach (var problem in Unknown(nameof(options.MonotoneIncreasing), options.MonotoneIncreasing, features)) yield return problem;
        foreach (var problem in Unknown(nameof(options.MonotoneDecreasing), options.MonotoneDecreasing, features)) yield return problem;
        foreach (var problem in Unknown(nameof(options.InteractionGroups), options.InteractionGroups.SelectMany(group => group), features)) yield return problem;
        foreach (var feature in features)
        {
            if (feature.Kind == FeatureKind.Category && directed.Contains(feature.Name))
            {
                yield return new Problem("MT2425", $"Predictions can't rise or fall with '{feature.Name}': the feature is a category, which has no order. Leave it out of MonotoneIncreasing and MonotoneDecreasing, or turn it into a number.");
            }
        }

        if (directed.Count > 0 && data.Target.Task == LearningTask.MulticlassClassification)
        {
            yield return new Problem("MT2426", $"MonotoneIncreasing and MonotoneDecreasing are for a number or the second of two classes; '{data.Target.Column}' has {data.Target.Classes.Count} classes. Leave them out.");
        }
    }

    private static IEnumerable<Problem> Unknown(string option, IEnumerable<string> names, IReadOnlyList<FeatureInfo> features) => names
        .Where(name => features.All(feature => feature.Name != name)).Distinct()
        .Select(name => new Problem("MT2424", $"{option} names '{name}', which is no feature. {NearestNames.Sentence(name, features.Select(feature => feature.Name))}"));
}
