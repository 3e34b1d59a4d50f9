namespace ModelTraining;

/// <summary>What counts as an outlier.</summary>
public enum OutlierMethod
{
    /// <summary>Farther below the first or above the third quartile than so many times the distance between the two (J. Tukey, "Exploratory Data Analysis", 1977).</summary>
    Iqr,

    /// <summary>Farther from the mean than so many standard deviations.</summary>
    ZScore,

    /// <summary>
    /// A modified z-score beyond so much: 0.6745 times the distance from the median, divided by the median of all such distances, the MAD (B. Iglewicz and D. Hoaglin,
    /// "How to Detect and Handle Outliers", 1993). Neither is moved by the outliers themselves. Where more than half of the values are one, the MAD is 0 and
    /// the mean distance from the median, times 1.2533, stands for the deviation.
    /// </summary>
    Mad,
}
