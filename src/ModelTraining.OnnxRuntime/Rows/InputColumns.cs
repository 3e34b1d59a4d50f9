namespace ModelTraining;

/// <summary>The inputs of a model, and the names that rows may have besides.</summary>
internal sealed class InputColumns
{
    private readonly HashSet<string> _known;

    /// <param name="manifest">What the model says of itself.</param>
    /// <param name="functions">The functions of inputs that need not be given; none for a model from a file.</param>
    public InputColumns(ModelManifest manifest, RowFunctions? functions = null)
    {
        Functions = functions ?? RowFunctions.None;
        All = [.. manifest.Inputs.Select((input, index) => new InputColumn(index, input) { Function = Functions.IndexOf(input.Name, Functions.All.Count) })];
        _known = new HashSet<string>(manifest.Inputs.Select(input => input.Name).Concat(manifest.OtherColumns), StringComparer.Ordinal);
        if (manifest.LabelColumn is { } label) _known.Add(label);
    }

    /// <summary>The functions of inputs that need not be given.</summary>
    public RowFunctions Functions { get; }

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
    public static ModelTrainingException Missing(InputColumn input, IEnumerable<string> given) => input.IsComputed
        ? new("MT2501", $"The row has no column '{input.Name}', which a function computed in training (Feature.Of): the model's file does not hold it. Compute it in the same way and give it, as null where the value is missing.")
        : new("MT2501", $"The row has no column '{input.Name}'. {NearestNames.Sentence(input.Name, given)} Give it, as null where the value is missing.");
}
