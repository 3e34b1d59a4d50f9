namespace ModelTraining;

/// <summary>
/// What the pipelines of a <see cref="PipelineFactory"/> begin with. Unlike the library's other options a class with setters, since that is what the options
/// of a container and its configuration write to.
/// </summary>
public sealed class ModelTrainingOptions
{
    /// <summary>Where all randomness comes from. Default 42.</summary>
    public ulong Seed { get; set; } = 42;

    /// <summary>How many threads a run uses at most; the result does not depend on it. Default: the processors of the machine.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>The folder of a <see cref="FileTracker"/> that every pipeline of the factory is tracked by. Default: null, for none.</summary>
    public string? RunFolder { get; set; }

    /// <summary>The folder of the <see cref="FileModelStore"/> that the container has when nobody gave it another <see cref="IModelStore"/>. Default: null, for none.</summary>
    public string? ModelFolder { get; set; }

    internal IEnumerable<Problem> Validate()
    {
        if (RunFolder is not null && string.IsNullOrWhiteSpace(RunFolder)) yield return new Problem("MT1613", "The 'RunFolder' option of AddModelTraining is empty. Give a folder, or leave it out.");
        if (ModelFolder is not null && string.IsNullOrWhiteSpace(ModelFolder)) yield return new Problem("MT1613", "The 'ModelFolder' option of AddModelTraining is empty. Give a folder, or leave it out.");
        if (Threads < 1) yield return new Problem("MT1601", $"The 'Threads' option of AddModelTraining must be at least 1. Got {Threads}.");
    }
}
