namespace ModelTraining;

/// <summary>The column with the role <see cref="ColumnRole.Weight"/> as numbers.</summary>
internal static class RowWeights
{
    /// <exception cref="ModelTrainingException">MT2003: not numeric. MT2007: negative, missing or infinite.</exception>
    public static float[] Read(Column column)
    {
        var weights = new float[column.Count];
        column.CopyTo(weights);
        for (var row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] >= 0) || float.IsInfinity(weights[row]))
            {
                throw new ModelTrainingException("MT2007", $"Weight column '{column.Name}' has {(float.IsNaN(weights[row]) ? "no value" : weights[row].ToString(System.Globalization.CultureInfo.InvariantCulture))} in row {row + 1}. A weight is a number that is not negative.");
            }
        }

        return weights;
    }
}
