namespace ModelTraining;

/// <summary>What the model is that a cross-validated pipeline goes on with, explains and exports.</summary>
public enum FinalModel
{
    /// <summary>One model, fitted anew on all rows, but for the validation part that each fold has too.</summary>
    Refit,

    /// <summary>The mean of the folds' models, all in one graph: each row of the data was learned from by all but one of them.</summary>
    Ensemble,
}
