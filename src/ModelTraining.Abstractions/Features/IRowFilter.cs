namespace ModelTraining;

/// <summary>
/// A fitted transform that also leaves rows out of training: outliers, or rows with missing values. A model has to answer every row that it is
/// asked, so no row ever leaves the table; those that are left out are only not learned from, neither by the transforms that follow nor by the
/// trainer. The validation and test parts keep all of their rows. Safe to use from many threads.
/// </summary>
public interface IRowFilter : IFittedTransform
{
    /// <summary>Chooses the rows that are learned from, asked once and before <see cref="IFittedTransform.Apply"/>.</summary>
    /// <param name="training">The rows that <see cref="ITransform.Fit"/> saw.</param>
    /// <returns>Those of <see cref="TableView.Rows"/> that stay, in their order.</returns>
    ReadOnlyMemory<int> Keep(TableView training);
}
