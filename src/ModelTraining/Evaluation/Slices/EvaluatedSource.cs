namespace ModelTraining;

/// <summary>Where evaluated rows come from.</summary>
/// <param name="Table">The rows as the source gave them.</param>
/// <param name="Origins">For each evaluated row its position there.</param>
internal sealed record EvaluatedSource(Table Table, int[] Origins)
{
    /// <summary>The rows with the columns that functions computed of them.</summary>
    public required Table Computed { get; init; }

    /// <summary>For each evaluated row its position there.</summary>
    public required int[] ComputedRows { get; init; }

    /// <summary>A column, and for each evaluated row its position in it.</summary>
    public (Column Column, int[] Rows) Column(string name) => Table.Schema.Contains(name) ? (Table[name], Origins) : (Computed[name], ComputedRows);
}
