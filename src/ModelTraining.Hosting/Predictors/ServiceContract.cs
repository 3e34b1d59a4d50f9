namespace ModelTraining;

/// <summary>
/// Whether a model can take another's place unnoticed: it takes every row that the other takes, and its predictions are of the same kind. It may need fewer
/// columns, and know more classes.
/// </summary>
internal static class ServiceContract
{
    /// <exception cref="ModelTrainingException">MT4302: it can't.</exception>
    public static void Check(ModelManifest first, ModelManifest next)
    {
        if (next.Task != first.Task) throw Differs($"it is a model for {next.Task}, not for {first.Task}");
        if (first.Classes.Except(next.Classes).FirstOrDefault() is { } gone) throw Differs($"it has no class '{gone}'");
        foreach (var input in next.Inputs)
        {
            var before = first.Inputs.FirstOrDefault(other => other.Name == input.Name) ?? throw Differs($"it needs a column '{input.Name}', which rows did not have to have");
            if (before.Type != input.Type) throw Differs($"its column '{input.Name}' is of type {input.Type}, not {before.Type}");
        }

        if (Known(first).Except(Known(next)).FirstOrDefault() is { } unknown) throw Differs($"it knows no column '{unknown}', which rows may have");
    }

    private static IEnumerable<string> Known(ModelManifest manifest)
    {
        var names = manifest.Inputs.Select(input => input.Name).Concat(manifest.OtherColumns);
        return manifest.LabelColumn is { } label ? names.Append(label) : names;
    }

    private static ModelTrainingException Differs(string what) =>
        new("MT4302", $"The file's new model can't take the place of the one that the service began with: {what}. Train it on the same columns, or restart the service.");
}
