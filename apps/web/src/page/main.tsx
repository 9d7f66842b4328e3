import '@fontsource-variable/inter/wght.css';
import '@kith/react/styles.css';
import './styles/shell.css';
import './styles/sign-in.css';
import './styles/records.css';
import './styles/lists.css';
import './styles/people.css';
import './styles/conversations.css';
import './styles/accounts.css';
import './styles/overview.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';

const element = document.getElementById('page');
if (element === null) throw new Error('index.html has no element "page"');

createRoot(element).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
