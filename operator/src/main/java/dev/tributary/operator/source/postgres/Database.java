package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.ConnectionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.SingleCertValidatingFactory;

/** Opens connections that cannot hang: whatever the server does, each step ends within seconds. */
final class Database {

    private static final int CONNECT_SECONDS = 5;
    private static final int LOGIN_SECONDS = 10;
    private static final int READ_SECONDS = 10;

    // The server gives up before the socket does, so that it says why.
    private static final String SERVER_LIMITS =
            "-c statement_timeout=8000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=30000";

    private Database() {}

    static Connection connect(ConnectionSettings settings) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        // Properties, not a URL: no text of a user can become an option of the driver.
        source.setServerNames(new String[] {settings.host()});
        source.setPortNumbers(new int[] {settings.port()});
        source.setDatabaseName(settings.database());
        source.setUser(settings.username());
        source.setPassword(settings.password().reveal());
        source.setApplicationName("tributary-operator");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(LOGIN_SECONDS);
        source.setSocketTimeout(READ_SECONDS);
        source.setTcpKeepAlive(true);
        source.setOptions(SERVER_LIMITS);
        // A Kerberos ticket of the operator's own account is nothing a client's database should see.
        source.setProperty(PGProperty.GSS_ENC_MODE, "disable");
        switch (settings.tlsMode()) {
            case DISABLE -> source.setSslMode("disable");
            case REQUIRE -> source.setSslMode("require");
            case VERIFY_FULL -> {
                source.setSslMode("verify-full");
                source.setSslfactory(SingleCertValidatingFactory.class.getName());
                source.setSslFactoryArg(settings.caPem());
            }
        }
        return source.getConnection();
    }
}
