namespace ModelTraining.Onnx;

/// <summary>The weights of one direction of a recurrent operator: W [directions, gates·hidden, features], R [directions, gates·hidden, hidden], B [directions, 2·gates·hidden].</summary>
internal sealed class RecurrentWeights
{
    private readonly Value _input;
    private readonly Value _state;
    private readonly Value? _inputBias;
    private readonly Value? _stateBias;

    public RecurrentWeights(NodeGradient node, int direction, int gates, long hidden)
    {
        var at = node.Graph.Constant((long)direction);
        Hidden = hidden;
        (_input, _state) = (node.Input(1).Gather(at), node.Input(2).Gather(at));
        if (node.Optional(3)?.Gather(at) is not { } bias) return;
        (_inputBias, _stateBias) = (bias.Slice(0, gates * hidden, 0), bias.Slice(gates * hidden, 2 * gates * hidden, 0));
    }

    /// <summary>The size of the state.</summary>
    public long Hidden { get; }

    /// <summary>What the gates make of the input, [batch, gates·hidden].</summary>
    public Value OfInput(Value x) => x.Gemm(_input, _inputBias, transposeWeight: true);

    /// <summary>What the gates make of the state.</summary>
    public Value OfState(Value h) => h.Gemm(_state, _stateBias, transposeWeight: true);

    /// <summary>The same for some of the gates only.</summary>
    public Value OfState(Value h, long from, long until) => h.Gemm(_state.Slice(from, until, 0), _stateBias?.Slice(from, until, 0), transposeWeight: true);

    /// <summary>Both.</summary>
    public Value Sum(Value x, Value h) => OfInput(x) + OfState(h);
}
