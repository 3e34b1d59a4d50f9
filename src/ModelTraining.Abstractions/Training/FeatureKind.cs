namespace ModelTraining;

/// <summary>How the numbers of a feature are to be read.</summary>
public enum FeatureKind
{
    /// <summary>A quantity: larger is more.</summary>
    Numeric,

    /// <summary>The position of a category, 0 to cardinality − 1: equal or not, no order.</summary>
    Category,
}
