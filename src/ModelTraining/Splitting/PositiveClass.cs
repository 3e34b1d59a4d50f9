namespace ModelTraining;

/// <summary>Puts the class that the user calls positive into the place of the positive one, the second of two.</summary>
internal static class PositiveClass
{
    /// <exception cref="ModelTrainingException">MT1005: the label has no such class, or not two classes.</exception>
    public static Target Apply(Target target, string name)
    {
        if (target.Task != LearningTask.BinaryClassification)
        {
            throw new ModelTrainingException("MT1005", $"WithPositiveClass(\"{name}\") needs a label of two classes; '{target.Column}' is for {target.Task}. Leave it out.");
        }

        if (target.Classes[1] == name) return target;
        if (target.Classes[0] != name)
        {
            throw new ModelTrainingException("MT1005", $"Label '{target.Column}' has no class '{name}', which WithPositiveClass names. {NearestNames.Sentence(name, target.Classes)}");
        }

        var values = new float[target.Values.Length];
        for (var row = 0; row < values.Length; row++) values[row] = 1 - target.Values[row];
        return new Target(target.Column, target.Task, values, [target.Classes[1], target.Classes[0]]);
    }
}
