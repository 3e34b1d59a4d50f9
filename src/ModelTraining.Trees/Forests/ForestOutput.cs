namespace ModelTraining;

/// <summary>
/// What trees of an output are grown on: the number that is predicted, or 1 for rows of the output's class and 0 for others. Half the squared error of such
/// a number falls by a split as its Gini impurity does, and a leaf's mean is the class's share. It never changes, so it is packed once for all trees.
/// </summary>
internal sealed class ForestOutput
{
    private readonly Objective _objective;

    private ForestOutput(int index, RowPart part, WorkerTeam team)
    {
        Index = index;
        _objective = new SquaredErrorObjective(part, SquaredErrorObjective.BaseScoresOf(part), team);
        _objective.Evaluate();
        Scale = GradientScale.For(part.Rows, _objective.Differentiate(0), _objective.ConstantHessian);
        Packed = new PackedGradients(_objective, team);
        Packed.Pack(Scale, (ulong)index);
    }

    public int Index { get; }

    public PackedGradients Packed { get; }

    public GradientScale Scale { get; }

    /// <summary>The mean of all rows, from which leaves say how far they are.</summary>
    public float Base => _objective.BaseScores[0];

    /// <summary>Of each row the mean less its target.</summary>
    public float[] Distances => _objective.Gradients;

    /// <summary>One output for a number or of two classes, else one a class.</summary>
    public static ForestOutput[] Of(TrainingData data, RowPart part, WorkerTeam team)
    {
        if (data.Target.Task != LearningTask.MulticlassClassification) return [new ForestOutput(0, part, team)];
        var outputs = new ForestOutput[data.Target.Classes.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            var isOfClass = new float[data.Target.Values.Length];
            for (var row = 0; row < isOfClass.Length; row++) isOfClass[row] = data.Target.Values[row] == i ? 1 : 0;
            var target = new Target(data.Target.Column, LearningTask.Regression, isOfClass, []);
            var ofClass = new TrainingData(data.Features, target, data.TrainingRows, default, data.Weights.ToArray());
            outputs[i] = new ForestOutput(i, new RowPart(ofClass, data.TrainingRows), team);
        }

        return outputs;
    }
}
