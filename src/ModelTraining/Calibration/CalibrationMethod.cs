namespace ModelTraining;

/// <summary>How probabilities are made to mean what they say. Of more than two classes, the first two calibrate each class against the rest, and make the results sum to 1.</summary>
public enum CalibrationMethod
{
    /// <summary>
    /// A sigmoid over the log-odds, of two numbers a class, fitted to targets that are drawn in from 0 and 1 (Platt, "Probabilistic outputs for support vector
    /// machines", 1999; by the Newton method of Lin, Lin and Weng, 2007). The right choice for some hundred validation rows.
    /// </summary>
    Platt,

    /// <summary>
    /// Any curve that does not fall, by pooling adjacent violators, linear between its knots (Zadrozny and Elkan, "Transforming classifier scores into accurate
    /// multiclass probability estimates", 2002). Mends any distortion, and needs a thousand validation rows or more; makes ties, and probabilities of 0 and 1.
    /// </summary>
    Isotonic,

    /// <summary>
    /// All log-probabilities divided by one number, the temperature (Guo et al., "On calibration of modern neural networks", 2017): the predicted class stays.
    /// The right choice for many classes.
    /// </summary>
    Temperature,
}
