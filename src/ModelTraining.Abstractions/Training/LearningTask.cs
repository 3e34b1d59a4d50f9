namespace ModelTraining;

/// <summary>What is to be predicted.</summary>
public enum LearningTask
{
    /// <summary>One of two classes.</summary>
    BinaryClassification,

    /// <summary>One of three or more classes.</summary>
    MulticlassClassification,

    /// <summary>A number.</summary>
    Regression,
}
