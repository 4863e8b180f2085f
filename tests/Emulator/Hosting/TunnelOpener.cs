using System;
using System.Threading;
using System.Threading.Tasks;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>
/// The CONNECT side of the proxy. A tunnel ends in the emulator itself: what follows on the connection is served as
/// if it had arrived at the host that was named.
/// </summary>
internal sealed class TunnelOpener(EmulatorState state)
{
    private static readonly Answer Opened = new(200, [], []);

    /// <summary>Answers CONNECTs until one opens a tunnel or something else arrives.</summary>
    public async Task OpenAsync(ConnectionTrail trail, CancellationToken gone)
    {
        while (trail.TunnelHost is null)
        {
            RecordedRequest? request = await ConnectHead.ReadAsync(
                trail.Connection.Transport.Input, trail.Connection.ConnectionId, gone);
            if (request is null)
            {
                return;
            }

            state.Counters.ConnectReceived();
            state.Requests.Add(request);
            await AnswerAsync(trail, request, gone);
        }
    }

    private async Task AnswerAsync(ConnectionTrail trail, RecordedRequest request, CancellationToken gone)
    {
        var connection = new RawConnection(trail.Connection, trail.SocketOutput, () => trail.Connection.Abort(), gone);
        Task SendAsync(Answer answer)
        {
            request.Status = answer.Status;
            trail.TunnelHost = answer == Opened ? HostMeaning.WithoutPort(request.Host) : null;
            byte[] head = answer == Opened
                ? AnswerHead.OfTunnel()
                : AnswerHead.WithLength(answer, answer.Body.Length);
            return connection.WriteAsync((byte[])[.. head, .. answer.Body]);
        }

        Answer genuine = ProxyGate.Refuse(request, state) ?? Opened;
        Fault? fault = state.Faults.Take(request);
        if (fault is null)
        {
            await SendAsync(genuine);
            return;
        }

        var answers = new AnswerFactory(state, request);
        var stage = new FaultStage(request, new Lazy<Answer>(genuine), answers, connection, SendAsync);
        await stage.PlayAsync(fault);
    }
}
