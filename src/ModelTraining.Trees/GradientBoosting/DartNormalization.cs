namespace ModelTraining;

/// <summary>How new trees and the k rounds that were left out for them are weighed together; η is the learning rate, as in XGBoost.</summary>
public enum DartNormalization
{
    /// <summary>A new round weighs as much as each of those left out: it is multiplied by 1/(k + η), they by k/(k + η).</summary>
    Tree,

    /// <summary>A new round weighs as much as all that were left out: all are multiplied by 1/(1 + η).</summary>
    Forest,
}
