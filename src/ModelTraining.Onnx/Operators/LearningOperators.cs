namespace ModelTraining.Onnx;

/// <summary>Operators of ai.onnx.ml, version 3 unless the graph says otherwise: dictionaries and decision trees.</summary>
public static class LearningOperators
{
    /// <summary>The operator set that these operators are from.</summary>
    public const string Domain = "ai.onnx.ml";

    private const int Version = 3;

    /// <param name="value">What is looked up, or decided by.</param>
    extension(Value value)
    {
        /// <summary>For each text the number that stands at the same position in <paramref name="values"/> as the text in <paramref name="keys"/>.</summary>
        /// <param name="keys">Distinct texts; at least one.</param>
        /// <param name="values">One for each key.</param>
        /// <param name="otherwise">For a text that is no key.</param>
        public Value LabelEncoder(string[] keys, float[] values, float otherwise = float.NaN) =>
            Encode(value, ElementType.String, ("keys_strings", keys), ElementType.Float, ("values_floats", values), ("default_float", otherwise));

        /// <inheritdoc cref="extension(Value).LabelEncoder(string[], float[], float)"/>
        public Value LabelEncoder(string[] keys, long[] values, long otherwise = -1) =>
            Encode(value, ElementType.String, ("keys_strings", keys), ElementType.Int64, ("values_int64s", values), ("default_int64", otherwise));

        /// <summary>For each text the one that stands at the same position in <paramref name="values"/> as the text in <paramref name="keys"/>.</summary>
        /// <param name="keys">Distinct texts; at least one.</param>
        /// <param name="values">One for each key.</param>
        /// <param name="otherwise">For a text that is no key.</param>
        public Value LabelEncoder(string[] keys, string[] values, string otherwise = "") =>
            Encode(value, ElementType.String, ("keys_strings", keys), ElementType.String, ("values_strings", values), ("default_string", otherwise));

        /// <summary>For each number the text or number that stands at the same position in <paramref name="values"/> as the number in <paramref name="keys"/>.</summary>
        /// <param name="keys">Distinct numbers; at least one.</param>
        /// <param name="values">One for each key.</param>
        /// <param name="otherwise">For a number that is no key.</param>
        public Value LabelEncoder(long[] keys, string[] values, string otherwise = "") =>
            Encode(value, ElementType.Int64, ("keys_int64s", keys), ElementType.String, ("values_strings", values), ("default_string", otherwise));

        /// <inheritdoc cref="extension(Value).LabelEncoder(long[], string[], string)"/>
        public Value LabelEncoder(long[] keys, float[] values, float otherwise = float.NaN) =>
            Encode(value, ElementType.Int64, ("keys_int64s", keys), ElementType.Float, ("values_floats", values), ("default_float", otherwise));

        /// <summary>For each number the one that stands at the same position in <paramref name="values"/> as the number in <paramref name="keys"/>. NaN is never found, even as a key.</summary>
        /// <param name="keys">Distinct numbers; at least one.</param>
        /// <param name="values">One for each key.</param>
        /// <param name="otherwise">For a number that is no key.</param>
        public Value LabelEncoder(float[] keys, float[] values, float otherwise = float.NaN) =>
            Encode(value, ElementType.Float, ("keys_floats", keys), ElementType.Float, ("values_floats", values), ("default_float", otherwise));

        /// <summary>The sum, or the mean, over trees that each row of features goes down.</summary>
        /// <param name="trees">The trees.</param>
        /// <returns>Float [batch, targets].</returns>
        /// <exception cref="ModelTrainingException">MT3101: the features are no floats. MT3103: a tree is not whole.</exception>
        public Value TreeEnsembleRegressor(TreeEnsemble trees)
        {
            ArgumentNullException.ThrowIfNull(trees);
            Emit.Require("TreeEnsembleRegressor", value, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32);
            Use(value.Graph);
            return value.Graph.Add("TreeEnsembleRegressor", [value], ElementType.Float, [value.Shape is [var batch, _] ? batch : Dimension.Batch, trees.TargetCount], trees.Attributes(), Domain);
        }
    }

    private static Value Encode(Value value, ElementType from, (string, Array Elements) keys, ElementType to, (string, Array Elements) values, (string, object) otherwise)
    {
        if (keys.Elements.Length == 0) throw new ArgumentException("LabelEncoder needs at least one key.", nameof(keys));
        if (keys.Elements.Length != values.Elements.Length) throw new ArgumentException($"{keys.Elements.Length} keys, {values.Elements.Length} values.", nameof(values));
        Emit.Require("LabelEncoder", value, from);
        Use(value.Graph);
        return value.Graph.Add("LabelEncoder", [value], to, value.Shape, [keys, values, otherwise], Domain);
    }

    private static void Use(Graph graph)
    {
        if (!graph.Opsets.ContainsKey(Domain)) graph.UseOpset(Domain, Version);
    }
}
