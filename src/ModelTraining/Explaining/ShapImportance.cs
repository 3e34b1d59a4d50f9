namespace ModelTraining;

/// <summary>How far a feature moved predictions.</summary>
/// <param name="Feature">The feature's name; the column's, of SHAP values by column.</param>
/// <param name="MeanAbsolute">The mean size of its SHAP values over the rows explained, in the unit of <see cref="ShapValues.Unit"/>; of three or more classes summed over the classes.</param>
public sealed record ShapImportance(string Feature, double MeanAbsolute);
