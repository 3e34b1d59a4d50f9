namespace ModelTraining;

/// <summary>How it is measured that two columns go together.</summary>
public enum AssociationMeasure
{
    /// <summary>Two columns of numbers or dates: the correlation of the values (K. Pearson), in [−1, 1].</summary>
    Pearson,

    /// <summary>Two columns of numbers or dates: the correlation of the ranks, equal values having their mean rank (C. Spearman, 1904), in [−1, 1].</summary>
    Spearman,

    /// <summary>Two columns of categories: the root of chi² over its greatest possible value, without correction (H. Cramér, "Mathematical Methods of Statistics", 1946), in [0, 1].</summary>
    CramersV,

    /// <summary>Categories and numbers: the root of the share of the variance that lies between the categories, η (R. A. Fisher, 1925), in [0, 1].</summary>
    CorrelationRatio,
}
