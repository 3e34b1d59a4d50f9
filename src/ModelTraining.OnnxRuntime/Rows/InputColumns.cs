namespace ModelTraining;

/// <summary>The inputs of a model, and the names that rows may have besides.</summary>
internal sealed class InputColumns
{
    private readonly HashSet<string> _known;

    public InputColumns(ModelManifest manifest)
    {
        All = [.. manifest.Inputs.Select((input, index) => new InputColumn(index, input))];
        _known = new HashSet<string>(manifest.Inputs.Select(input => input.Name).Concat(manifest.OtherColumns), StringComparer.Ordinal);
        if (manifest.LabelColumn is { } label) _known.Add(label);
    }

    /// <summary>The inputs in their order.</summary>
    public InputColumn[] All { get; }

    /// <exception cref="ModelTrainingException">MT2502: a name is neither an input nor a column that the data had.</exception>
    public void CheckKnown(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!_known.Contains(name)) throw new ModelTrainingException("MT2502", $"The model knows no column '{name}'. {NearestNames.Sentence(name, All.Select(input => input.Name))} Leave it out, or correct its name.");
        }
    }

    /// <summary>The error that an input is not among the names given.</summary>
    public static ModelTrainingException Missing(InputColumn input, IEnumerable<string> given) =>
        new("MT2501", $"The row has no column '{input.Name}'. {NearestNames.Sentence(input.Name, given)} Give it, as null where the value is missing.");
}
