namespace ModelTraining;

/// <summary>A fitted transform whose columns are not all plain quantities, which is what a column is taken for otherwise.</summary>
internal interface IDescribesFeatures
{
    /// <summary>The columns of it that a trainer should see otherwise.</summary>
    IEnumerable<FeatureInfo> Features { get; }
}
