namespace ModelTraining;

/// <summary>A tree in the form that is quickest to score a block of rows with.</summary>
/// <param name="output">The output that its leaves' values are added to.</param>
internal abstract unsafe class ScoredTree(int output)
{
    /// <summary>The rows of a block.</summary>
    public const int BlockRows = 64;

    public int Output => output;

    /// <summary>Adds each row's leaf.</summary>
    /// <param name="values">[used features, <see cref="BlockRows"/>]: quantities as they are, categories as 32-bit integers.</param>
    /// <param name="sums">[<see cref="BlockRows"/>], of this tree's output.</param>
    public abstract void Add(float* values, float* sums);

    /// <param name="tree">The tree.</param>
    /// <param name="places">Where each feature stands among those that are used.</param>
    public static ScoredTree Of(DecisionTree tree, IReadOnlyDictionary<int, int> places) => tree.Leaves.Length <= BitTree.MostLeaves ? new BitTree(tree, places) : new WalkedTree(tree, places);
}
