namespace ModelTraining;

/// <summary>How text becomes numbers.</summary>
public enum CategoryEncoding
{
    /// <summary>
    /// What suits the trainer: positions for one that splits by categories, as long as there are no more than it takes; otherwise one column a category where
    /// there are few, and target means where there are many.
    /// </summary>
    Auto,

    /// <summary>One column of 0 and 1 a category. Missing and unseen text is 0 in all of them.</summary>
    OneHot,

    /// <summary>The position of the category, by frequency. Missing and unseen text is missing.</summary>
    Ordinal,

    /// <summary>
    /// The mean of the target over the training rows of the category, smoothed; a training row gets one that its own target had no part in. Unseen text is the
    /// mean of all rows.
    /// </summary>
    Target,
}
