namespace ModelTraining;

/// <summary>How one class, or all together, came out. A share of nothing is 0, as in scikit-learn.</summary>
/// <param name="Hits">Rows of the class that were predicted to be of it.</param>
/// <param name="Predicted">Rows that were predicted to be of the class.</param>
/// <param name="Actual">Rows that are of the class.</param>
internal readonly record struct ClassCounts(double Hits, double Predicted, double Actual)
{
    public double Precision => Share(Hits, Predicted);

    public double Recall => Share(Hits, Actual);

    public double F1 => Share(2 * Hits, Predicted + Actual);

    /// <summary>Whether the class occurs at all, as truth or as prediction.</summary>
    public bool Occurs => Predicted > 0 || Actual > 0;

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
