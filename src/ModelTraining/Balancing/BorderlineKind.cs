namespace ModelTraining;

/// <summary>The two methods of Borderline-SMOTE.</summary>
public enum BorderlineKind
{
    /// <summary>Rows in danger are joined with neighbours of their class.</summary>
    One,

    /// <summary>They are joined with their nearest neighbour of another class, too, and then stay in the nearer half of the way there.</summary>
    Two,
}
