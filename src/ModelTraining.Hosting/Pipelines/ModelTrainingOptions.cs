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

    internal IEnumerable<Problem> Validate()
    {
        if (Threads < 1) yield return new Problem("MT1601", $"The 'Threads' option of AddModelTraining must be at least 1. Got {Threads}.");
    }
}
