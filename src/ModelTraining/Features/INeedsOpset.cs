namespace ModelTraining;

/// <summary>A fitted transform whose nodes are not all in the operator set that graphs use by default.</summary>
internal interface INeedsOpset
{
    /// <summary>The least version of the default operator set.</summary>
    int Opset { get; }
}
