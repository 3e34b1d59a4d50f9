namespace ModelTraining;

/// <summary>What came of one fold. Immutable.</summary>
public sealed record FoldResult
{
    /// <summary>The fold's number within its repeat, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The repeat, from 1.</summary>
    public required int Repeat { get; init; }

    /// <summary>How many rows it learned from.</summary>
    public required int TrainingCount { get; init; }

    /// <summary>How many rows early stopping, tuning, calibration and threshold went by.</summary>
    public required int ValidationCount { get; init; }

    /// <summary>The rows that it was measured on, as positions in <see cref="PipelineRun.Table"/>, in ascending order.</summary>
    public required ReadOnlyMemory<int> TestRows { get; init; }

    /// <summary>Each metric by its key; NaN where it is not defined for the fold's rows, for example roc_auc of a single row.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The same of a guess that knows the labels of the fold's training rows and no feature.</summary>
    public required IReadOnlyDictionary<string, double> Baseline { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The fold's learning curve; null where its trainer has none.</summary>
    public TrainingHistory? History { get; init; }

    /// <summary>Of two classes, the threshold that the fold chose; null where it chose none.</summary>
    public float? Threshold { get; init; }

    internal IReadOnlyList<object> Reports { get; init; } = [];

    /// <summary>What a stage had to tell of the fold, for example <c>fold.Report&lt;TuneReport&gt;()</c>: the settings that its own search found; null when no stage told such a thing.</summary>
    public T? Report<T>() where T : class => Reports.OfType<T>().LastOrDefault();
}
