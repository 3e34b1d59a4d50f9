namespace ModelTraining;

/// <summary>Copies of a session's weights.</summary>
internal static class SessionWeights
{
    extension(ITrainingSession session)
    {
        /// <summary>The model's tensors by name, copied.</summary>
        public Dictionary<string, float[]> CopyWeights() => session.Copy(SessionTensorKind.Weight);

        /// <summary>Everything, copied.</summary>
        public Dictionary<string, float[]> CopyAll() => session.Copy(SessionTensorKind.Weight, SessionTensorKind.OptimizerState, SessionTensorKind.Average, SessionTensorKind.Backend);

        public void WriteAll(IReadOnlyDictionary<string, float[]> tensors)
        {
            foreach (var (name, values) in tensors) session.Write(name, values);
        }

        /// <summary>Puts the running averages in place of the weights that have one.</summary>
        public void UseAverages()
        {
            foreach (var (name, values) in session.Copy(SessionTensorKind.Average)) session.Write(name["average/".Length..], values);
        }

        private Dictionary<string, float[]> Copy(params ReadOnlySpan<SessionTensorKind> kinds)
        {
            var copies = new Dictionary<string, float[]>(StringComparer.Ordinal);
            foreach (var tensor in session.Tensors)
            {
                if (!kinds.Contains(tensor.Kind)) continue;
                session.Read(tensor.Name, copies[tensor.Name] = new float[tensor.Count]);
            }

            return copies;
        }
    }
}
