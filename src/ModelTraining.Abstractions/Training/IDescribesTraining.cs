namespace ModelTraining;

/// <summary>A model whose training has more to say than its numbers: in the report, beside the learning curve.</summary>
internal interface IDescribesTraining
{
    /// <summary>A sentence or two.</summary>
    string Description { get; }
}
