namespace ModelTraining;

/// <summary>What is done about outliers.</summary>
public enum OutlierAction
{
    /// <summary>Nobody looks for them.</summary>
    None,

    /// <summary>They are counted and stay as they are.</summary>
    Report,

    /// <summary>They become the nearest value that is none; in the exported model too.</summary>
    Clip,

    /// <summary>Training rows that have one are not learned from. The other parts keep all of their rows, as the exported model answers every row.</summary>
    Drop,

    /// <summary>A column <c>name_outlier</c> of 0 and 1 says which they are; in the exported model too.</summary>
    Flag,
}
