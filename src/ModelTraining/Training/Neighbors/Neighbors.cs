namespace ModelTraining;

/// <summary>Trainers of models that remember the training rows and predict by those that are most alike.</summary>
public static class Neighbors
{
    /// <summary>
    /// Predicts what the nearest training rows are, by Euclidean distance of the scaled features: the mean of their numbers, or the share of each class among
    /// them; weighted, where rows have weights. Of rows that are as near the earlier ones count. Exact, every row being compared with all: for tables of up to some
    /// ten thousand rows. The exported model holds all training rows.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Neighbors = 15 }</c>.</param>
    public static ITrainer KNearest(Func<KNearestOptions, KNearestOptions>? configure = null)
    {
        var options = new KNearestOptions();
        if (configure is not null) options = configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        return new KNearestTrainer(options);
    }
}
