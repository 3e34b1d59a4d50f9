namespace ModelTraining;

/// <summary>Learns from training rows how to change a table's columns. Implementations are immutable and safe to use from many threads.</summary>
public interface ITransform
{
    /// <summary>The name, for progress, logs and reports.</summary>
    string Name { get; }

    /// <summary>Learns from the rows of <paramref name="training"/>. They are all that may be learned from.</summary>
    /// <exception cref="ModelTrainingException">MT2xxx: the rows do not allow it.</exception>
    IFittedTransform Fit(TableView training, FitContext context);
}
