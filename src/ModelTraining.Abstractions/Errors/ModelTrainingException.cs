namespace ModelTraining;

/// <summary>Everything that this library reports as wrong: an id, what is wrong, the place, and the fix.</summary>
public sealed class ModelTrainingException : Exception
{
    /// <param name="id">The id of the problem, as in docs/diagnostics.md.</param>
    /// <param name="message">One sentence with the value that was found, then the fix.</param>
    /// <param name="innerException">What caused it.</param>
    public ModelTrainingException(string id, string message, Exception? innerException = null)
        : this([new Problem(id, message)], null, innerException)
    {
    }

    /// <param name="problems">All that is wrong, at least one.</param>
    /// <param name="place">Where: the stage and the caller's file and line; null when not known.</param>
    /// <param name="innerException">What caused it.</param>
    public ModelTrainingException(IReadOnlyList<Problem> problems, string? place = null, Exception? innerException = null)
        : base(Format(problems, place), innerException)
    {
        Problems = problems;
        Place = place;
    }

    /// <summary>The id of the first problem, for example MT2001.</summary>
    public string Id => Problems[0].Id;

    /// <summary>All that is wrong, at least one.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Where: the stage and the caller's file and line; null when not known.</summary>
    public string? Place { get; }

    private static string Format(IReadOnlyList<Problem> problems, string? place)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count, nameof(problems));
        var text = problems.Count == 1 ? problems[0].ToString() : $"{problems.Count} problems:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", problems)}";
        return place is null ? text : $"{text} ({place})";
    }
}
