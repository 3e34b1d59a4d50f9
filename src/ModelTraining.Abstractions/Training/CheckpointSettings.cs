namespace ModelTraining;

/// <summary>Where a training keeps what it needs to go on after it was stopped, by whatever.</summary>
/// <param name="Folder">The folder; made where it is missing. One training at a time uses it.</param>
public sealed record CheckpointSettings(string Folder)
{
    /// <summary>The time between checkpoints: what a power cut costs at most. Default 1 minute.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many of the newest checkpoints stay. Default 2.</summary>
    public int Keep { get; init; } = 2;
}
