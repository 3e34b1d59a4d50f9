namespace ModelTraining;

/// <summary>How strongly two columns go together, over the rows that have both.</summary>
/// <param name="First">A column.</param>
/// <param name="Second">Another one.</param>
/// <param name="Measure">How it is measured.</param>
/// <param name="Value">In [−1, 1] or, where there is no direction, in [0, 1].</param>
public sealed record Association(string First, string Second, AssociationMeasure Measure, double Value)
{
    internal string Word => Measure switch
    {
        AssociationMeasure.Pearson => "Pearson",
        AssociationMeasure.Spearman => "Spearman",
        AssociationMeasure.CramersV => "Cramér's V",
        _ => "correlation ratio",
    };
}
