namespace ModelTraining.Benchmarks;

/// <summary>What is measured.</summary>
internal enum Way
{
    /// <summary>The time of both ways, in turns.</summary>
    Both,

    /// <summary>The memory of ours.</summary>
    Ours,

    /// <summary>The memory of ML.NET used directly, with the objects that it reads.</summary>
    Directly,
}
