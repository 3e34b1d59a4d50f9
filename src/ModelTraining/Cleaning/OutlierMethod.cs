namespace ModelTraining;

/// <summary>What counts as an outlier.</summary>
public enum OutlierMethod
{
    /// <summary>Farther below the first or above the third quartile than so many times the distance between the two (J. Tukey, "Exploratory Data Analysis", 1977).</summary>
    Iqr,

    /// <summary>Farther from the mean than so many standard deviations.</summary>
    ZScore,
}
