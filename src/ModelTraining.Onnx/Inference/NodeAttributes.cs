namespace ModelTraining.Onnx;

/// <summary>The attributes of a node by kind, with what the specification has where one is left out.</summary>
internal static class NodeAttributes
{
    extension(Node node)
    {
        /// <summary>A whole number.</summary>
        public long Whole(string attribute, long otherwise) => node.Attributes.GetValueOrDefault(attribute) is long number ? number : otherwise;

        /// <summary>A number.</summary>
        public float Number(string attribute, float otherwise) => node.Attributes.GetValueOrDefault(attribute) is float number ? number : otherwise;

        /// <summary>A word.</summary>
        public string Word(string attribute, string otherwise) => node.Attributes.GetValueOrDefault(attribute) as string ?? otherwise;

        /// <summary>Whole numbers; null where left out.</summary>
        public long[]? Wholes(string attribute) => node.Attributes.GetValueOrDefault(attribute) as long[];
    }
}
