namespace ModelTraining;

/// <summary>
/// Methods that draw, make or drop training rows where classes are of unequal size. Those that look for nearest neighbours do so exactly, by Euclidean distance of the prepared features, each
/// divided by its deviation among the training rows; a category that differs counts as the median deviation of the quantities does (Chawla et al. 2002, section 6.1). Of rows that are as near, the
/// earlier ones count. They need quantities without missing values. All are the same for the same seed, at any number of threads.
/// </summary>
public static class Resample
{
    /// <summary>Random over-sampling: rows of the smaller classes are drawn again, with replacement. Takes any features.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { Strategy = SamplingStrategy.Ratio(0.5) }</c>.</param>
    public static BalanceMethod RandomOver(Func<RandomSamplingOptions, RandomSamplingOptions>? configure = null) => new RandomOverSampling(Configured(new RandomSamplingOptions(), configure));

    /// <summary>Random under-sampling: of the larger classes some rows are drawn, without replacement, and the others dropped. Takes any features.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { Strategy = SamplingStrategy.Ratio(0.5) }</c>.</param>
    public static BalanceMethod RandomUnder(Func<RandomSamplingOptions, RandomSamplingOptions>? configure = null) => new RandomUnderSampling(Configured(new RandomSamplingOptions(), configure));

    /// <summary>
    /// SMOTE (Chawla, Bowyer, Hall and Kegelmeyer, "SMOTE: synthetic minority over-sampling technique", JAIR 16, 2002): makes rows at random places on the segments between rows of a class and
    /// their nearest neighbours in it. Each row is as often begun from as any other, but for one. For quantities; with categories take <see cref="SmoteNc"/>.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Neighbors = 3 }</c>.</param>
    public static BalanceMethod Smote(Func<SmoteOptions, SmoteOptions>? configure = null) => new Smote(Configured(new SmoteOptions(), configure));

    /// <summary>
    /// SMOTE-NC (Chawla et al. 2002, section 6.1), for tables with nominal features, too: those have the value that is most frequent among the neighbours, of equally frequent ones that of
    /// the nearest. Nominal are text, however it is encoded by category, and booleans; numbers that name something are to be named (<see cref="SmoteNcOptions.Nominal"/>). Where no feature is
    /// nominal it is SMOTE.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Neighbors = 3 }</c>.</param>
    public static BalanceMethod SmoteNc(Func<SmoteNcOptions, SmoteNcOptions>? configure = null) => new SmoteNc(Configured(new SmoteNcOptions(), configure));

    /// <summary>
    /// Borderline-SMOTE (Han, Wang and Mao, "Borderline-SMOTE: a new over-sampling method in imbalanced data sets learning", ICIC 2005): as SMOTE, beginning only from rows in danger, of
    /// whose neighbours among all rows at least half, but not all, are of other classes. For quantities.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Kind = BorderlineKind.Two }</c>.</param>
    public static BalanceMethod BorderlineSmote(Func<BorderlineSmoteOptions, BorderlineSmoteOptions>? configure = null) => new BorderlineSmote(Configured(new BorderlineSmoteOptions(), configure));

    /// <summary>
    /// ADASYN (He, Bai, Garcia and Li, "ADASYN: adaptive synthetic sampling approach for imbalanced learning", IJCNN 2008): as SMOTE, beginning from a row the more often, the more of its
    /// neighbours among all rows are of other classes. Numbers of rows are rounded, so that a class may get some more or fewer than asked for. For quantities.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Neighbors = 3 }</c>.</param>
    public static BalanceMethod Adasyn(Func<SmoteOptions, SmoteOptions>? configure = null) => new Adasyn(Configured(new SmoteOptions(), configure));

    /// <summary>
    /// Drops the rows of Tomek links (Tomek, "Two modifications of CNN", 1976): two rows of different classes, each the other's nearest neighbour. Of the pair, the one of a class
    /// that is cleaned goes: by default not the smallest one.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Strategy = SamplingStrategy.All }</c> after SMOTE, as in SMOTE + Tomek (Batista, Prati and Monard, 2004).</param>
    public static BalanceMethod TomekLinks(Func<TomekLinksOptions, TomekLinksOptions>? configure = null) => new TomekLinks(Configured(new TomekLinksOptions(), configure));

    /// <summary>
    /// Edited nearest neighbours (Wilson, "Asymptotic properties of nearest neighbor rules using edited data", 1972): drops rows that do not agree in class with their nearest neighbours. By
    /// default rows of the smallest class stay.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Strategy = SamplingStrategy.All }</c> after SMOTE, as in SMOTE + ENN (Batista, Prati and Monard, 2004).</param>
    public static BalanceMethod EditedNearestNeighbors(Func<EditedNearestNeighborsOptions, EditedNearestNeighborsOptions>? configure = null) => new EditedNearestNeighbors(Configured(new EditedNearestNeighborsOptions(), configure));

    private static T Configured<T>(T options, Func<T, T>? configure)
        where T : class =>
        configure is null ? options : configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
}
