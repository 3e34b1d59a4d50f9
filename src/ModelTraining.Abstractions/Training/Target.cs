namespace ModelTraining;

/// <summary>What a model learns to predict, encoded for training. One entry a row of the table it was made from.</summary>
public sealed class Target
{
    private readonly ReadOnlyMemory<float> _values;

    /// <param name="column">The name of the label's column.</param>
    /// <param name="task">What is to be predicted.</param>
    /// <param name="values">Class positions (0, 1, …) or numbers, one a row.</param>
    /// <param name="classes">The classes' names in the order of their positions; empty for regression.</param>
    public Target(string column, LearningTask task, ReadOnlyMemory<float> values, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (task == LearningTask.Regression != (classes.Count == 0)) throw new ArgumentException($"{task} does not have {classes.Count} classes.", nameof(classes));
        (Column, Task, _values, Classes) = (column, task, values, classes);
    }

    /// <summary>The name of the label's column.</summary>
    public string Column { get; }

    /// <summary>What is to be predicted.</summary>
    public LearningTask Task { get; }

    /// <summary>Class positions (0, 1, …) or numbers, one a row.</summary>
    public ReadOnlySpan<float> Values => _values.Span;

    /// <summary>The classes' names in the order of their positions; empty for regression. Of two classes the second is the positive one.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The numbers a model gives a row: one a class, or 1 for regression.</summary>
    public int OutputCount => Task == LearningTask.Regression ? 1 : Classes.Count;
}
