using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// What a transform learned. Changes columns row by row in managed code, and writes the same change into an ONNX graph: the two must give equal
/// values for every row, with missing, empty and unseen values too. Safe to use from many threads.
/// </summary>
public interface IFittedTransform
{
    /// <summary>What it does, with what it learned, in a line for the report.</summary>
    string Description { get; }

    /// <summary>The table with its columns changed; the number and order of rows stay.</summary>
    Table Apply(Table table);

    /// <summary>
    /// As <see cref="Apply"/>, for the table that <see cref="ITransform.Fit"/> saw: a transform that learned from the target gives the rows that it
    /// learned from values that do not know their own target. By default the same.
    /// </summary>
    Table ApplyInTraining(Table table) => Apply(table);

    /// <summary>Changes the columns' values in the graph as <see cref="Apply"/> changes the columns of a table.</summary>
    void Emit(GraphColumns columns);
}
